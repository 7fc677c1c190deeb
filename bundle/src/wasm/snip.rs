//! Takes out code that is compiled in but that nothing calls, which no optimiser can know.
//!
//! Every view that Leptos erases carries a pointer to its `hydrate_async`, a state machine that only lazy hydration runs
//! (`leptos::mount::hydrate_lazy`). Canopy hydrates in one go, so these functions and all that only they call, a quarter of the module, are
//! dead weight behind live pointers. Their bodies are replaced by a trap; wasm-opt then drops what has lost its last caller.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

const LAZY: &str = "hydrate_async";

/// Empties the functions of lazy hydration, and says how many there were.
pub fn lazy_hydration(module: &mut Module) -> usize {
    let is_lazy = |name: &Option<String>| name.as_ref().is_some_and(|name| name.contains(LAZY));
    let lazy: Vec<_> = module.funcs.iter_local().map(|(id, _)| id).filter(|id| is_lazy(&module.funcs.get(*id).name)).collect();
    for &id in &lazy {
        empty(module, id);
    }
    lazy.len()
}

fn empty(module: &mut Module, id: FunctionId) {
    let (params, results) = module.types.params_results(module.funcs.get(id).ty());
    let (params, results) = (params.to_vec(), results.to_vec());
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    builder.func_body().unreachable();
    let args = params.into_iter().map(|param| module.locals.add(param)).collect();
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(args));
}

#[cfg(test)]
mod tests {
    use walrus::ValType;

    use super::*;

    fn add(module: &mut Module, name: &str) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        let arg = module.locals.add(ValType::I32);
        builder.name(name.to_owned()).func_body().local_get(arg);
        let id = builder.finish(vec![arg], &mut module.funcs);
        module.exports.add(name, id);
        id
    }

    #[test]
    fn only_lazy_hydration_is_emptied_and_the_module_stays_valid() {
        let mut module = Module::default();
        let (kept, lazy) = (add(&mut module, "hydrate"), add(&mut module, "view::hydrate_async::{{closure}}"));
        let size = |module: &Module, id| module.funcs.get(id).kind.unwrap_local().size();
        let before = size(&module, kept);
        assert_eq!(lazy_hydration(&mut module), 1);
        assert_eq!(size(&module, kept), before);
        let again = Module::from_buffer(&module.emit_wasm()).expect("the module is valid");
        assert_eq!(again.exports.iter().count(), 2);
    }
}
