//! Puts functions that look alike beside each other, which changes nothing but what compressing makes of them.
//!
//! Most functions are instances of the same generic ones for other types. A compressor says of a repetition how far back the original is: the
//! nearer, the shorter, and some distances are free. It is worth three per cent of the module.

use std::{cmp::Reverse, collections::HashMap};

use anyhow::{Context, Result};
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// Functions are compared by their sequences of so many bytes.
const LENGTH: usize = 5;
/// A sequence that more functions have than this tells nothing.
const COMMON: usize = 2000;
/// Those that share less than this part of their sequences are not alike.
const ALIKE: f64 = 0.05;

pub fn by_likeness(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut n_imported = 0;
    let mut types = Vec::new();
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    n_imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::FunctionSection(functions) => types = functions.into_iter().collect::<Result<_, _>>()?,
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let order = chain(&bodies);
    let mut numbers: Vec<u32> = (0..).take(n_imported + bodies.len()).collect();
    for (number, &function) in (n_imported..).zip(&order) {
        numbers[n_imported + function] = number.try_into()?;
    }
    let mut module = Module::new();
    Reorder { order, numbers, types }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("the functions cannot be put in another order")?;
    Ok(module.finish())
}

struct Reorder {
    /// The former places of the module's own functions, in their new order.
    order: Vec<usize>,
    /// The new number of each function, imported ones included.
    numbers: Vec<u32>,
    types: Vec<u32>,
}

impl Reencode for Reorder {
    type Error = wasmparser::BinaryReaderError;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(self.numbers[function as usize])
    }

    fn parse_function_section(&mut self, out: &mut FunctionSection, _: FunctionSectionReader<'_>) -> Result<(), Error<Self::Error>> {
        for &function in &self.order {
            out.function(self.types[function]);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, out: &mut CodeSection, code: CodeSectionReader<'_>) -> Result<(), Error<Self::Error>> {
        let bodies = code.into_iter().collect::<Result<Vec<_>, _>>().map_err(Error::UserError)?;
        for function in self.order.clone() {
            utils::parse_function_body(self, out, bodies[function].clone())?;
        }
        Ok(())
    }
}

/// The largest first; after each function the one not yet placed that is most like it.
#[expect(clippy::cast_precision_loss, reason = "no function has 2^52 bytes")]
fn chain(bodies: &[&[u8]]) -> Vec<usize> {
    let sequences: Vec<Vec<&[u8]>> = bodies.iter().map(|body| sequences(body)).collect();
    let mut having: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, sequences) in sequences.iter().enumerate() {
        for sequence in sequences {
            having.entry(sequence).or_default().push(function);
        }
    }
    let mut by_size: Vec<usize> = (0..bodies.len()).collect();
    by_size.sort_by_key(|&function| Reverse(bodies[function].len()));
    let mut by_size = by_size.into_iter();
    let mut is_placed = vec![false; bodies.len()];
    let mut n_shared = vec![0_usize; bodies.len()];
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    while order.len() < bodies.len() {
        let next = order.last().and_then(|&last| {
            let mut candidates = Vec::new();
            for sequence in &sequences[last] {
                let others = &having[sequence];
                for &other in others.iter().filter(|&&other| others.len() <= COMMON && !is_placed[other]) {
                    if n_shared[other] == 0 {
                        candidates.push(other);
                    }
                    n_shared[other] += 1;
                }
            }
            let likeness = |other: usize| {
                let shared = n_shared[other];
                shared as f64 / (sequences[last].len() + sequences[other].len() - shared) as f64
            };
            // Of equals the first, so that equal inputs give equal outputs.
            let best = candidates.iter().copied().map(|other| (likeness(other), Reverse(other)));
            let best = best.max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            for &other in &candidates {
                n_shared[other] = 0;
            }
            best.filter(|&(likeness, _)| likeness > ALIKE).map(|(_, Reverse(other))| other)
        });
        let next = next.or_else(|| by_size.find(|&function| !is_placed[function])).expect("as many are placed as there are");
        is_placed[next] = true;
        order.push(next);
    }
    order
}

/// The different sequences of a function.
fn sequences(body: &[u8]) -> Vec<&[u8]> {
    let mut sequences: Vec<_> = body.windows(LENGTH).collect();
    sequences.sort_unstable();
    sequences.dedup();
    sequences
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, FunctionId, ValType};

    use super::*;

    #[test]
    fn those_alike_are_neighbours_and_every_one_is_there_once() {
        let bodies: [&[u8]; 4] = [b"aaaaabbbbbccccc1234", b"zyxwvutsrq", b"aaaaabbbbbccccc9", b"tiny"];
        assert_eq!(chain(&bodies), [0, 2, 1, 3]);
    }

    #[test]
    fn calls_and_exports_follow_their_functions() {
        let mut module = walrus::Module::default();
        let answer = constant(&mut module, 42);
        let mut caller = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        caller.func_body().call(answer).call(answer).drop();
        let caller = caller.finish(vec![], &mut module.funcs);
        module.exports.add("caller", caller);
        module.exports.add("answer", answer);
        let again = walrus::Module::from_buffer(&by_likeness(&module.emit_wasm()).expect("it is a module")).expect("it still is");
        assert_eq!(again.funcs.iter_local().count(), 2);
        let function = |name: &str| again.exports.iter().find(|export| export.name == name).map(|export| export.item);
        let Some(walrus::ExportItem::Function(answer)) = function("answer") else { panic!("the export is gone") };
        assert_eq!(again.funcs.get(answer).kind.unwrap_local().size(), 1);
        let Some(walrus::ExportItem::Function(caller)) = function("caller") else { panic!("the export is gone") };
        assert_eq!(again.funcs.get(caller).kind.unwrap_local().size(), 3);
    }

    fn constant(module: &mut walrus::Module, value: i32) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        builder.func_body().i32_const(value);
        builder.finish(vec![], &mut module.funcs)
    }
}
