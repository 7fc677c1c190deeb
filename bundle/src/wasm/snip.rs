//! Takes out code that is compiled in but that nothing calls, which no optimiser can know.
//!
//! Every view that Leptos erases carries a pointer to its `hydrate_async`, a state machine that only lazy hydration runs
//! (`leptos::mount::hydrate_lazy`), and every attribute one to its `hydrate_from_template`, for views made by `template!`. Canopy uses
//! neither, so these functions, their closures, and all that is instantiated for those closures are dead weight behind live pointers. Their
//! bodies are replaced by a trap; wasm-opt then drops what has lost its last caller.
//!
//! A function is known by its name, so rustc must not fold equal functions into one (`-Zmerge-functions=disabled` in setup/wasm-flags): the
//! name of a dead one could then stand for a living one as well.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// What the name of a function mentions that nothing calls.
const DEAD: &[&str] = &["hydrate_async", "hydrate_from_template"];

/// Empties the functions that nothing calls, and says how many there were.
pub fn dead_hydration(module: &mut Module) -> usize {
    let is_dead = |id: &FunctionId| module.funcs.get(*id).name.as_ref().is_some_and(|name| DEAD.iter().any(|word| name.contains(word)));
    let dead: Vec<_> = module.funcs.iter_local().map(|(id, _)| id).filter(is_dead).collect();
    for &id in &dead {
        empty(module, id);
    }
    dead.len()
}

fn empty(module: &mut Module, id: FunctionId) {
    let (params, results) = module.types.params_results(module.funcs.get(id).ty());
    let (params, results) = (params.to_vec(), results.to_vec());
    let mut trap = FunctionBuilder::new(&mut module.types, &params, &results);
    trap.func_body().unreachable();
    let args = params.into_iter().map(|param| module.locals.add(param)).collect();
    module.funcs.get_mut(id).kind = FunctionKind::Local(trap.local_func(args));
}

#[cfg(test)]
mod tests {
    use walrus::ValType;

    use super::*;

    #[test]
    fn what_nothing_calls_is_emptied_and_the_module_stays_valid() {
        let mut module = Module::default();
        let kept = add(&mut module, "into_any::hydrate_from_server");
        let dead = [add(&mut module, "into_any::hydrate_async::{{closure}}"), add(&mut module, "into_any_attr::hydrate_from_template")];
        let size = |module: &Module, id| module.funcs.get(id).kind.unwrap_local().size();
        let before = size(&module, kept);
        assert_eq!(dead_hydration(&mut module), 2);
        assert_eq!(size(&module, kept), before);
        assert!(dead.iter().all(|&id| size(&module, id) < before));
        let again = Module::from_buffer(&module.emit_wasm()).expect("the module is valid");
        assert_eq!(again.exports.iter().count(), 3);
    }

    fn add(module: &mut Module, name: &str) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        let arg = module.locals.add(ValType::I32);
        builder.name(name.to_owned()).func_body().local_get(arg).i32_const(1).drop();
        let id = builder.finish(vec![arg], &mut module.funcs);
        module.exports.add(name, id);
        id
    }
}
