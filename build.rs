//! Link arguments of the shared library: its soname, that it is never unloaded, that it exports nothing but its own, and that
//! functions of the same code are there once, where the linker can do that.

use std::path::Path;
use std::process::{Command, Stdio};

fn main() -> Result<(), String> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/lib.rs");
    let family = std::env::var("CARGO_CFG_TARGET_FAMILY").unwrap_or_default();
    let os = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if !family.contains("unix") || os == "macos" {
        return Ok(());
    }
    // The one place where the number stands is the header's constant.
    let source = std::fs::read_to_string("src/lib.rs").map_err(|e| format!("src/lib.rs: {e}"))?;
    let number = source
        .lines()
        .find_map(|line| line.strip_prefix("pub const FINAUT_ABI_VERSION: u32 = ")?.strip_suffix(';'))
        .ok_or("src/lib.rs does not define FINAUT_ABI_VERSION")?;
    println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libfinaut.so.{number}");
    // Fork handlers and thread-locals outlive a dlclose.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    // Zig's linker does not know it, and hides all that Rust does not list without being told.
    if !std::env::var("RUSTC_LINKER").is_ok_and(|linker| linker.contains("zig")) {
        println!("cargo:rustc-cdylib-link-arg=-Wl,--exclude-libs,ALL");
    }
    // A tenth of the library. lld and gold can, GNU ld cannot.
    const FOLD: &str = "-Wl,--icf=all";
    if links_with(FOLD) {
        println!("cargo:rustc-cdylib-link-arg={FOLD}");
    }
    Ok(())
}

/// Whether the linker takes an argument: tried on a library of nothing.
fn links_with(argument: &str) -> bool {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let folder = variable("OUT_DIR");
    let source = Path::new(&folder).join("nothing.rs");
    if std::fs::write(&source, "#![no_std] #[panic_handler] fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }").is_err() {
        return false;
    }
    let mut rustc = Command::new(variable("RUSTC"));
    rustc.args(["--crate-type", "cdylib", "-C", "panic=abort", "--target", &variable("TARGET"), "--out-dir", &folder]);
    rustc.arg("-C").arg(format!("link-arg={argument}")).arg(&source);
    if let Ok(linker) = std::env::var("RUSTC_LINKER") {
        rustc.arg("-C").arg(format!("linker={linker}"));
    }
    rustc.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
