//! Which profile a call is about: the profile itself, its file, or its name alone.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::profile::Profile;
use super::taking;
use crate::client::Call;
use crate::error::Error;

/// A profile, as a call gives it.
#[derive(Debug, Clone, Default)]
pub struct ProfileAt {
    /// The profile, or its name as a text …
    pub profile: Option<Value>,
    /// … or the path of its file.
    pub file: Option<String>,
}

/// A profile and the folder that its paths are relative to.
#[derive(Debug)]
pub struct Known {
    /// The profile.
    pub profile: Profile,
    /// The folder of its file; `None` where it was given in the call.
    pub folder: Option<PathBuf>,
}

/// The whole profile. `file`: the call's, whose members replace the profile's. Errors: `argument` where it is not given in exactly one
/// way, `validation`.
pub fn known(call: &Call, at: &ProfileAt, file: Option<&Value>) -> Result<Known, Error> {
    let (given, folder) = match (&at.profile, &at.file) {
        (Some(Value::Object(profile)), None) => (profile.clone(), None),
        (Some(_), None) => return Err(Error::argument("profile must be the profile itself, an object; or give profile_file.")),
        (None, Some(path)) => of_file(path)?,
        _ => return Err(Error::argument("Give the profile by one of profile, profile_file.")),
    };
    Ok(Known { profile: Profile::read(given, file, call.config().loopback)?, folder })
}

/// The profile's name, which is all that those need who read what is kept: from the name itself, from the profile or from its file;
/// `default` where nothing is given. Errors: `argument` where it is given in two ways, `validation`.
pub fn name(at: &ProfileAt) -> Result<String, Error> {
    let of = |profile: &Map<String, Value>| match profile.get("name") {
        None => Profile::named(Profile::USUAL_NAME),
        Some(name) => Profile::named(name.as_str().unwrap_or_default()),
    };
    match (&at.profile, &at.file) {
        (None, None) => Profile::named(Profile::USUAL_NAME),
        (Some(Value::String(name)), None) => Profile::named(name),
        (Some(Value::Object(profile)), None) => of(profile),
        (None, Some(path)) => of(&of_file(path)?.0),
        (Some(_), None) => Err(Error::argument("profile must be a profile's name, or the profile itself.")),
        (Some(_), Some(_)) => Err(Error::argument("Give the profile by only one of profile, profile_file.")),
    }
}

fn of_file(path: &str) -> Result<(Map<String, Value>, Option<PathBuf>), Error> {
    let path = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
    let bytes = taking::kept_file("profile_file", &path)?;
    let given = crate::arguments::read(&bytes, crate::encoding::Encoding::UTF_8, "The profile's file")?;
    Ok((given, path.parent().map(Path::to_path_buf)))
}
