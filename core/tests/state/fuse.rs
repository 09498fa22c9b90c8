//! A real FUSE file system, as small as can be: it has a root folder and nothing in it.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::path::Path;

use super::processes::{mount, skip, with_own_mounts};
use super::stage::Stage;
use finaut_core::client::Client;
use finaut_core::error::Code;
use finaut_sandbox::Sandbox;
use serde_json::json;

/// linux/fuse.h: what is asked for.
const LOOKUP: u32 = 1;
const FORGET: u32 = 2;
const GETATTR: u32 = 3;
const STATFS: u32 = 17;
const INIT: u32 = 26;
const INTERRUPT: u32 = 36;
const BATCH_FORGET: u32 = 42;

/// Answers the kernel until it unmounts.
fn serve(mut device: File) {
    let mut request = vec![0_u8; 1 << 17];
    // The read ends with an error when nothing is mounted any more.
    while let Ok(length) = device.read(&mut request) {
        let number = |at: usize| u32::from_ne_bytes(request[at..at + 4].try_into().unwrap());
        assert!(length >= 40);
        let mut body = Vec::new();
        let mut error = 0_i32;
        match number(4) {
            FORGET | BATCH_FORGET | INTERRUPT => continue,
            INIT => {
                // Version 7.31, and nothing of what can be offered.
                body.extend([7_u32, 31].iter().flat_map(|word| word.to_ne_bytes()));
                body.resize(64, 0);
                body[20..24].copy_from_slice(&4096_u32.to_ne_bytes());
            }
            GETATTR => {
                // struct fuse_attr_out: valid for no time; then the attributes, the number first, mode and link count after six
                // numbers of 64 bits and three of 32.
                body.resize(16 + 88, 0);
                body[16..24].copy_from_slice(&1_u64.to_ne_bytes());
                body[76..80].copy_from_slice(&(libc::S_IFDIR | 0o777).to_ne_bytes());
                body[80..84].copy_from_slice(&2_u32.to_ne_bytes());
            }
            STATFS => body.resize(80, 0),
            LOOKUP => error = -libc::ENOENT,
            _ => error = -libc::ENOSYS,
        }
        if error != 0 {
            body.clear();
        }
        let mut answer = ((16 + body.len()) as u32).to_ne_bytes().to_vec();
        answer.extend(error.to_ne_bytes());
        answer.extend(&request[8..16]);
        answer.extend(body);
        let _ = device.write_all(&answer);
    }
}

#[test]
fn a_state_on_fuse_is_refused_with_the_reason() {
    const NAME: &str = "fuse::a_state_on_fuse_is_refused_with_the_reason";
    if !Path::new("/dev/fuse").exists() {
        return skip(NAME, "there is no /dev/fuse");
    }
    with_own_mounts(NAME, || {
        let stage = Stage::new(Sandbox::builder().users(5));
        let folder = stage.folder.0.join("shared");
        std::fs::create_dir(&folder).unwrap();
        let device = File::options().read(true).write(true).open("/dev/fuse").unwrap();
        let options = format!("fd={},rootmode=40000,user_id=0,group_id=0,allow_other", device.as_raw_fd());
        // SAFETY: texts that end with a zero byte.
        let mounted = unsafe {
            let (folder, options) =
                (std::ffi::CString::new(folder.to_str().unwrap()).unwrap(), std::ffi::CString::new(options).unwrap());
            libc::mount(c"test".as_ptr(), folder.as_ptr(), c"fuse.test".as_ptr(), 0, options.as_ptr().cast())
        };
        assert_eq!(mounted, 0, "{}", std::io::Error::last_os_error());
        let serving = std::thread::spawn(|| serve(device));
        let settings = json!({ "state": folder.join("finaut.db") });
        let refused = Client::new(super::stage::read(&stage.config(settings))).map(|_| ());
        let unmounted = std::process::Command::new("umount").arg("-l").arg(&folder).status().unwrap();
        assert!(unmounted.success());
        serving.join().unwrap();
        let error = refused.unwrap_err();
        assert_eq!(error.code(), Code::State);
        assert!(error.message().contains("(FUSE or virtiofs)") && error.message().contains("local disk"), "{error}");
        // A tmpfs is no shared one.
        mount(&["-t", "tmpfs", "none", folder.to_str().unwrap()]);
        stage.client(json!({ "state": folder.join("finaut.db") }));
    });
}
