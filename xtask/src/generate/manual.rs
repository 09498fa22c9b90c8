//! The manual page finaut(3): the header's own words, as roff. Nothing is said here that the header does not say.

use std::fmt::Write;

use super::c;
use super::output::Output;

pub fn outputs() -> Result<Vec<Output>, String> {
    Ok(vec![Output::whole("packaging/man/finaut.3", page(&c::whole_header()?))])
}

/// A comment of the header with what it is about.
struct Entry {
    comment: Vec<String>,
    declaration: Vec<String>,
}

/// The comments that begin with `/**`, each with the lines of code until the next blank line.
fn entries(header: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut lines = header.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "/**" {
            continue;
        }
        let comment = lines.by_ref().take_while(|line| line.trim() != "*/").map(text_of).collect();
        let declaration = lines.by_ref().take_while(|line| !line.is_empty()).map(str::to_owned).collect();
        entries.push(Entry { comment, declaration });
    }
    entries
}

/// A line of a comment without its star.
fn text_of(line: &str) -> String {
    let line = line.trim_start().strip_prefix('*').unwrap_or(line);
    line.strip_prefix(' ').unwrap_or(line).to_owned()
}

fn page(header: &str) -> String {
    let mut page = format!(
        ".\\\" Made by cargo xtask generate, of the same sources as include/finaut.h.\n.TH FINAUT 3 \"\" \"finaut {}\" \"Library functions\"\n.SH NAME\nfinaut \\- the FinAut API for old software: JSON strings in, JSON strings out\n.SH SYNOPSIS\n.nf\n.B #include <finaut.h>\n.PP\n.B cc \\fIprogram\\fP.c $(pkg\\-config \\-\\-cflags \\-\\-libs finaut)\n.fi\n.SH DESCRIPTION\n",
        env!("CARGO_PKG_VERSION")
    );
    // The comment at the header's top: its first line is the name.
    let top = header.lines().skip(1).take_while(|line| line.trim() != "*/").map(text_of).skip(1);
    filled(&top.collect::<Vec<_>>(), &mut page);
    let entries = entries(header);
    let is_code = |entry: &&Entry| entry.declaration.iter().any(|line| line.starts_with("#define FINAUT_"));
    page.push_str(".SH \"RETURN VALUE\"\n");
    for entry in entries.iter().filter(is_code) {
        let mut words = entry.declaration.iter().flat_map(|line| line.split(' ').skip(1));
        let (name, number) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let _ = writeln!(page, ".TP\n.BR {} \" ({number})\"", escaped(name));
        filled(&entry.comment, &mut page);
    }
    page.push_str(".SH \"TYPES AND FUNCTIONS\"\n");
    for entry in entries.iter().filter(|entry| !is_code(entry)) {
        let name = named(&entry.declaration.join(" "));
        let _ = writeln!(page, ".SS {}\n.nf", escaped(&name));
        for line in &entry.declaration {
            let _ = writeln!(page, "{}", escaped(line));
        }
        page.push_str(".fi\n");
        filled(&entry.comment, &mut page);
    }
    page.push_str(".SH \"SEE ALSO\"\n.BR finaut (1),\nthe pages in share/doc/finaut\n");
    page
}

/// What a declaration declares.
fn named(declaration: &str) -> String {
    let words = declaration.split(|c: char| !c.is_alphanumeric() && c != '_');
    let ours = words.filter(|word| word.starts_with("finaut_"));
    let is_type = declaration.starts_with("typedef");
    let is_pointer = declaration.contains("(*");
    let mut ours = ours.peekable();
    let first = ours.peek().copied().unwrap_or(declaration).to_owned();
    if is_type && !is_pointer { ours.last().map_or(first, str::to_owned) } else { first_function(declaration).unwrap_or(first) }
}

/// The name before the first bracket.
fn first_function(declaration: &str) -> Option<String> {
    let before = match declaration.split_once("(*") {
        Some((_, rest)) => rest.split(')').next()?,
        None => declaration.split('(').next()?,
    };
    let name = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').find(|word| word.starts_with("finaut_"))?;
    Some(name.to_owned())
}

/// Lines of a comment: a paragraph is filled, what is further in, or is a name with a colon, keeps its lines.
fn filled(lines: &[String], page: &mut String) {
    let is_entry = |line: &str| {
        line.starts_with(' ')
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.contains(' ')
            })
    };
    let mut is_plain = false;
    for line in lines {
        if line.is_empty() {
            if is_plain {
                page.push_str(".fi\n");
            }
            is_plain = false;
            page.push_str(".PP\n");
            continue;
        }
        if is_entry(line) && !is_plain {
            page.push_str(".nf\n");
            is_plain = true;
        }
        let _ = writeln!(page, "{}", escaped(line));
    }
    if is_plain {
        page.push_str(".fi\n");
    }
}

/// Text in which nothing is a command of roff.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq").replace('…', "...");
    if text.starts_with('.') { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_function_and_type_has_its_name() {
        assert_eq!(named("int32_t finaut_call(finaut_client *client, char **reply);"), "finaut_call");
        assert_eq!(named("typedef struct finaut_client finaut_client;"), "finaut_client");
        assert_eq!(named("typedef int32_t (*finaut_observer)(const char *event_json, void *user_data);"), "finaut_observer");
        assert_eq!(named("const char *finaut_version(void);"), "finaut_version");
    }

    #[test]
    fn a_comment_becomes_paragraphs_and_what_is_further_in_keeps_its_lines() {
        let lines = ["Makes a client.", "", "client: the handle", "    \"id\": x"].map(str::to_owned);
        let mut page = String::new();
        filled(&lines, &mut page);
        assert_eq!(page, "Makes a client.\n.PP\n.nf\nclient: the handle\n    \"id\": x\n.fi\n");
        assert_eq!(escaped(".a-b"), "\\&.a\\-b");
    }
}
