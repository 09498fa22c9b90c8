//! The awaited face of the operations in bindings/python, finaut/aio/groups.py: the same declarations as those of finaut/groups.py, made
//! from their text, so that arguments, types and documentation are the same by construction.

use super::output::Output;
use super::python;

pub fn outputs() -> Result<Vec<Output>, String> {
    Ok(vec![Output::whole("bindings/python/finaut/aio/groups.py", awaited(&python::all_groups())?)])
}

/// What the package `aio` has modules of its own for.
const OWN: [&str; 3] = ["declared", "events", "receiver"];

const HEADER: &str = "\"\"\"What a client can do, awaited: declarations, made from the library's catalogue by cargo xtask generate. Change \
                      core/src/api.rs instead.\n\nEach becomes a call through what stands before it; see declared.py.\n\"\"\"\n\n";

const THREADS: &str =
    "        threads: how many calls run at once, and how many with priority \"interactive\"; others wait for their turn; 32\n";

/// The declarations of the blocking client as those of the awaited one. Errors: they are not written as they were.
fn awaited(blocking: &str) -> Result<String, String> {
    let begins = blocking.find("# mypy").ok_or("groups.py has no line that begins with # mypy")?;
    let (mut text, mut is_call) = (HEADER.to_owned(), false);
    for line in blocking.get(begins..).unwrap_or_default().lines() {
        if line.starts_with("    @") {
            is_call = line.starts_with("    @operation(") || line == "    @receiver";
        }
        if line.starts_with("        on_event: Optional[") {
            text.push_str("        threads: int = THREADS,\n");
        } else if line.starts_with("        on_event: is ") {
            text.push_str(THREADS);
        }
        text.push_str(&match line.strip_prefix("    def ") {
            Some(rest) if is_call => format!("    async def {rest}"),
            _ => imported(line).replace("-> Iterator[", "-> AsyncIterator["),
        });
        text.push('\n');
    }
    Ok(text)
}

/// An import as the package below has it; any other line as it is.
fn imported(line: &str) -> String {
    if line.starts_with("from typing import ") {
        return line.replace(" Iterator", " AsyncIterator");
    }
    let Some(rest) = line.strip_prefix("from .") else { return line.to_owned() };
    let module = rest.split(' ').next().unwrap_or_default();
    if OWN.contains(&module) { line.replace("PROGRESS_S, ", "PROGRESS_S, THREADS, ") } else { format!("from ..{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_awaited_and_every_listing_is_gone_through_asynchronously() {
        let blocking = python::all_groups();
        let awaited = awaited(&blocking).unwrap_or_default();
        let count = |text: &str, what: &str| text.matches(what).count();
        assert_eq!(count(&awaited, "    async def "), count(&blocking, "    @operation(") + count(&blocking, "    @receiver"));
        assert_eq!(count(&awaited, "-> AsyncIterator["), count(&blocking, "    @rows_of("));
        assert_eq!(count(&awaited, " Iterator"), 0);
        assert_eq!((count(&awaited, "threads: int = THREADS,"), count(&awaited, THREADS)), (1, 1));
    }
}
