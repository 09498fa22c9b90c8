//! The system's user that the process runs as. It is read without the system's name services, which may ask the network, load other
//! libraries, and need more stack than a host's thread has.

/// The longest name that is told, in characters.
const LONGEST: usize = 64;

/// The name of the user; `"uid 1000"` where the system's own file of users does not have it, `"unnamed"` where nothing is known.
pub fn os_user() -> String {
    let name = name_of_the_user();
    let name = name.trim();
    if name.is_empty() { "unnamed".to_owned() } else { name.chars().filter(|c| !c.is_control()).take(LONGEST).collect() }
}

#[cfg(unix)]
fn name_of_the_user() -> String {
    // SAFETY: it only asks.
    let uid = unsafe { libc::geteuid() };
    name_in_file(uid).unwrap_or_else(|| format!("uid {uid}"))
}

/// The name in `/etc/passwd`, of which the first megabyte is read.
#[cfg(unix)]
fn name_in_file(uid: libc::uid_t) -> Option<String> {
    use std::io::Read;

    let mut text = Vec::new();
    std::fs::File::open("/etc/passwd").ok()?.take(1 << 20).read_to_end(&mut text).ok()?;
    name_among(&String::from_utf8_lossy(&text), uid)
}

#[cfg(unix)]
fn name_among(text: &str, uid: libc::uid_t) -> Option<String> {
    let wanted = uid.to_string();
    text.lines().find_map(|line| {
        let mut parts = line.split(':');
        let (name, third) = (parts.next()?, parts.nth(1)?);
        (third == wanted && !name.starts_with('#')).then(|| name.to_owned())
    })
}

#[cfg(windows)]
fn name_of_the_user() -> String {
    #[link(name = "advapi32")]
    unsafe extern "system" {
        fn GetUserNameW(buffer: *mut u16, length: *mut u32) -> i32;
    }
    let mut name = [0_u16; 257];
    let mut length = name.len() as u32;
    // SAFETY: the buffer is live and as long as is said.
    let told = unsafe { GetUserNameW(name.as_mut_ptr(), &mut length) };
    // The length includes the zero at the end.
    let name = name.get(..(length as usize).saturating_sub(1)).filter(|_| told != 0);
    name.map(String::from_utf16_lossy).unwrap_or_default()
}

#[cfg(not(any(unix, windows)))]
fn name_of_the_user() -> String {
    String::new()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_number_alone() {
        let text = "# comment:x:7\nroot:x:0:0:root:/root:/bin/sh\nhr-svc:x:1007:7:Payroll:/:/bin/false\nbroken\n+::::::\n";
        assert_eq!(name_among(text, 1007).as_deref(), Some("hr-svc"));
        assert_eq!(name_among(text, 0).as_deref(), Some("root"));
        assert_eq!(name_among(text, 7), None);
        assert!(!os_user().is_empty());
    }
}
