//! The operation `sync.report`: a plan that was made, in a form for people or programs. No request is sent.

use serde_json::Value;

use super::keeping;
use super::naming::{self, ProfileAt};
use super::private;
use super::report::{self, Form};
use super::told::Language;
use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::text::quoted;

/// Which report is wanted.
#[derive(Debug)]
pub struct Wanted {
    /// The profile, or its name.
    pub profile: ProfileAt,
    /// The plan's id; `None`: the last one.
    pub run: Option<String>,
    /// What it is about.
    pub what: String,
    /// Its form.
    pub format: String,
    /// Its language.
    pub language: String,
    /// Where it is written; `None`: it is in the reply.
    pub path: Option<String>,
    /// Whether people's names are shown.
    pub names: bool,
}

/// The languages and their words.
const LANGUAGES: [(&str, Language); 2] = [("no", Language::Norwegian), ("en", Language::English)];
/// What a report can be about.
const ABOUT: [(&str, ()); 1] = [("run", ())];

/// The reply: `{"run", "profile", "what", "format", "language", "path", "text"}`. Errors: `validation` for a word that is none of those
/// known, and for a path that cannot be written; `not_found` where there is no such plan, or none yet; `stale`, `config`, `state`.
pub fn report(call: &Call, wanted: &Wanted) -> Result<Json, Error> {
    keeping::check_store(call)?;
    one_of("what", &wanted.what, &ABOUT)?;
    let form = one_of("format", &wanted.format, &Form::ALL)?;
    let language = one_of("language", &wanted.language, &LANGUAGES)?;
    let profile = naming::name(&wanted.profile)?;
    let mut kept = keeping::plan(call, &profile, wanted.run.as_deref())?.ok_or_else(|| {
        let message = format!("The profile \"{profile}\" has no plan yet; sync.plan makes one.");
        Error::new(Code::NotFound, message).nothing_sent()
    })?;
    kept.basis.names = kept.names.into_iter().collect();
    if !wanted.names {
        report::without_names(&mut kept.plan, &mut kept.basis);
    }
    let text = report::rendered(form, &kept.plan, &kept.basis, language);
    let path = wanted.path.as_deref().map(|path| private::write(path, &text)).transpose()?;
    let text = if path.is_some() { Value::Null } else { text.into() };
    Ok(Json::of_members(vec![
        ("run", kept.basis.id.into()),
        ("profile", profile.into()),
        ("what", wanted.what.as_str().into()),
        ("format", wanted.format.as_str().into()),
        ("language", wanted.language.as_str().into()),
        ("path", path.map(|path| path.to_string_lossy().into_owned()).into()),
        ("text", text),
    ]))
}

fn one_of<T: Copy>(argument: &str, given: &str, known: &[(&str, T)]) -> Result<T, Error> {
    known.iter().find(|(word, _)| *word == given).map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<String> = known.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        Error::invalid(argument, format!("must be {}, not {}", words.join(" or "), quoted(given, 40)))
    })
}
