//! The core exports nothing to C and places nothing in sections of the library: that is the C ABI's.

use proc_macro2::{TokenStream, TokenTree};

use super::sources::{Finding, Sources};

const CORE: &str = "core/src/";
const WORDS: &[&str] = &["export_name", "link_section", "no_mangle"];

/// The words and functions in the core that would export something. Functions that the core hands to the system as callbacks
/// (`extern "C" fn` without `pub`) export nothing.
pub fn forbidden(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files.iter().filter(|file| file.path.starts_with(CORE)) {
        look(&file.tokens, &mut |line, what| {
            let why = "the core exports nothing; exports belong to the C ABI in src/".to_string();
            findings.push(Finding { file: file.path.clone(), line, what, why });
        });
    }
    findings
}

fn look(tokens: &TokenStream, found: &mut dyn FnMut(usize, String)) {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => look(&group.stream(), found),
            TokenTree::Ident(word) if WORDS.iter().any(|forbidden| word == forbidden) => {
                found(word.span().start().line, word.to_string());
            }
            TokenTree::Ident(word) if word == "extern" && is_exported(&trees, at) => {
                found(word.span().start().line, "pub extern fn".to_string());
            }
            _ => {}
        }
    }
}

/// Whether the `extern` at `at` belongs to a function that is visible outside its module and has another language's ABI.
fn is_exported(trees: &[TokenTree], at: usize) -> bool {
    let function = match &trees[at + 1..] {
        [TokenTree::Literal(abi), TokenTree::Ident(word), ..] => abi.to_string() != "\"Rust\"" && word == "fn",
        [TokenTree::Ident(word), ..] => word == "fn",
        _ => false,
    };
    let visibility = trees[..at].iter().rev().find(|tree| match tree {
        TokenTree::Ident(word) => !(word == "unsafe" || word == "const" || word == "async"),
        TokenTree::Group(_) => false, // of pub(crate)
        _ => true,
    });
    function && matches!(visibility, Some(TokenTree::Ident(word)) if word == "pub")
}
