//! Link arguments of the shared library: its soname, that it is never unloaded, and that it exports nothing but its own.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/ffi.rs");
    let family = std::env::var("CARGO_CFG_TARGET_FAMILY").unwrap_or_default();
    let os = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if !family.contains("unix") || os == "macos" {
        return;
    }
    // The one place where the number stands is the header's constant.
    let source = std::fs::read_to_string("src/ffi.rs").expect("src/ffi.rs is there");
    let number = source
        .lines()
        .find_map(|line| line.strip_prefix("pub const FINAUT_ABI_VERSION: u32 = ")?.strip_suffix(';'))
        .expect("src/ffi.rs defines FINAUT_ABI_VERSION");
    println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libfinaut.so.{number}");
    // Fork handlers and thread-locals outlive a dlclose.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    println!("cargo:rustc-cdylib-link-arg=-Wl,--exclude-libs,ALL");
}
