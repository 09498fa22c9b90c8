//! In the layers that pass the server's JSON on, JSON is text (`Json`): no function there takes or gives a tree of values.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::sources::{Finding, Sources};

/// The layers, each a file and a folder in core/src.
const LAYERS: &[&str] = &["api", "operations", "client", "store"];
/// serde_json's tree.
const TREE: &str = "Value";

/// The functions whose arguments or result are a tree. What is compiled for tests only may do as it likes.
pub fn forbidden(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &sources.files {
        let Some(path) = file.path.strip_prefix("core/src/") else { continue };
        let layer = path.split(['/', '.']).next().unwrap_or_default();
        if !LAYERS.contains(&layer) {
            continue;
        }
        look(&file.tokens, &mut |line, function| {
            let why = "in this layer JSON is text (Json, JsonRef or a view), never a tree of values in a signature".to_string();
            findings.push(Finding { file: file.path.clone(), line, what: format!("fn {function}: {TREE}"), why });
        });
    }
    findings
}

fn look(tokens: &TokenStream, found: &mut dyn FnMut(usize, String)) {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        at += 1;
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket && is_for_tests(group.stream()) => {
                // Up to the body of what the attribute stands before.
                while trees.get(at).is_some_and(|tree| !is_body(tree)) {
                    at += 1;
                }
                at += 1;
            }
            TokenTree::Group(group) => look(&group.stream(), found),
            TokenTree::Ident(word) if word == "fn" => {
                let name = trees.get(at).map(ToString::to_string).unwrap_or_default();
                let signature: TokenStream = trees.iter().skip(at).take_while(|tree| !is_body(tree)).cloned().collect();
                if let Some(line) = tree_in(signature) {
                    found(line, name);
                }
            }
            _ => {}
        }
    }
}

fn is_for_tests(attribute: TokenStream) -> bool {
    let text = attribute.to_string();
    text.starts_with("cfg") && text.contains("test")
}

/// True for what ends a signature.
fn is_body(tree: &TokenTree) -> bool {
    match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    }
}

/// The line on which the tree stands, if it does.
fn tree_in(tokens: TokenStream) -> Option<usize> {
    tokens.into_iter().find_map(|tree| match tree {
        TokenTree::Group(group) => tree_in(group.stream()),
        TokenTree::Ident(word) if word == TREE => Some(word.span().start().line),
        _ => None,
    })
}
