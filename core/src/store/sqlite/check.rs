//! What a file on the disk is, as far as the system tells without opening it: which one the path leads to, whether it is still all
//! there, and whether its folder is a place where SQLite's locks and journals can be relied upon.

use std::path::Path;

/// A file as the system sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// Device and number on it: one that is moved away and made anew is another.
    pub identity: (u64, u64),
    /// Which mount it is seen through, where the system tells.
    pub mount: Option<u64>,
    /// In bytes.
    pub size: u64,
}

/// The file at the path, which has no symbolic links; `None` if there is none. Errors: why it cannot be used, to follow the file's name in a sentence.
#[cfg(unix)]
pub fn seen(path: &Path) -> Result<Option<Seen>, String> {
    let Some(known) = Known::of(path) else { return Ok(None) };
    let kind = known.mode & libc::S_IFMT;
    // The path was without links when the client was made. The other file of the pair would not be beside this one's target.
    if kind == libc::S_IFLNK {
        return Err(
            "is a symbolic link that leads nowhere, or became one while it was in use. Put the file itself there, or name it"
                .into(),
        );
    }
    if kind == libc::S_IFDIR {
        return Err("is a folder. Name a file in it".into());
    }
    // A device's permissions are everybody's: /dev/null must not become ours.
    if kind != libc::S_IFREG {
        return Err("is no file but a device or the like. Name a file".into());
    }
    // SQLite derives the journal's name from the file's name: a program that opens the file by its other name would miss the journal.
    if known.names > 1 {
        return Err(format!("has {} names (hard links), so programs could miss its journal. Remove the others", known.names));
    }
    Ok(Some(known.seen))
}

/// What the system tells of a path, which may be a symbolic link.
#[cfg(unix)]
struct Known {
    seen: Seen,
    /// Kind and permissions, as `st_mode`.
    mode: libc::mode_t,
    /// How many hard links it has.
    names: u64,
}

#[cfg(unix)]
impl Known {
    /// One call tells all of it, where the system has that call: files are looked at before each unit of work.
    fn of(path: &Path) -> Option<Known> {
        use std::os::unix::fs::MetadataExt;
        #[cfg(any(target_os = "linux", target_os = "android"))]
        if let Some(answer) = Statx::of(path, libc::AT_SYMLINK_NOFOLLOW) {
            return Some(answer.known());
        }
        let known = std::fs::symlink_metadata(path).ok()?;
        let seen = Seen { identity: (known.dev(), known.ino()), mount: mount_of(path), size: known.len() };
        Some(Known { seen, mode: known.mode() as libc::mode_t, names: known.nlink() })
    }
}

/// Windows: a file that is open cannot be moved away.
#[cfg(not(unix))]
pub fn seen(path: &Path) -> Result<Option<Seen>, String> {
    let Ok(known) = std::fs::metadata(path) else { return Ok(None) };
    if known.is_dir() {
        return Err("is a folder. Name a file in it".into());
    }
    Ok(Some(Seen { identity: (0, 0), mount: None, size: known.len() }))
}

/// True if another mount than its folder's holds the file: a bind mount of one file has its folder's device, but not its mount.
#[cfg(unix)]
pub fn is_mount_point(path: &Path, seen: &Seen) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Some(folder) = path.parent() else { return false };
    match (seen.mount, mount_of(folder)) {
        (Some(own), Some(folders)) => own != folders,
        _ => std::fs::metadata(folder).is_ok_and(|folder| folder.dev() != seen.identity.0),
    }
}

#[cfg(not(unix))]
pub fn is_mount_point(_: &Path, _: &Seen) -> bool {
    false
}

/// The number of the mount that a path lies on. `None` before Linux 5.8.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn mount_of(path: &Path) -> Option<u64> {
    Statx::of(path, 0)?.mount()
}

/// An answer of statx(2): `struct statx` of linux/stat.h, which has 256 bytes.
#[cfg(any(target_os = "linux", target_os = "android"))]
struct Statx([u64; 32]);

#[cfg(any(target_os = "linux", target_os = "android"))]
impl Statx {
    /// linux/stat.h: what is asked for, and set in an answer's mask where it was given.
    const BASIC: u32 = 0x7ff;
    const MOUNT: u32 = 0x1000;

    /// `None` before Linux 4.11, where a sandbox forbids the call, and where there is nothing at the path.
    fn of(path: &Path, flags: libc::c_int) -> Option<Statx> {
        use std::os::unix::ffi::OsStrExt;
        let path = std::ffi::CString::new(path.as_os_str().as_bytes()).ok()?;
        let mut answer = [0_u64; 32];
        let asked = Statx::BASIC | Statx::MOUNT;
        // By its number, since glibc before 2.28 has no such function.
        // SAFETY: the path ends with a zero byte, and the buffer is as long and as aligned as the system writes it.
        let done = unsafe { libc::syscall(libc::SYS_statx, libc::AT_FDCWD, path.as_ptr(), flags, asked, answer.as_mut_ptr()) };
        (done == 0).then_some(Statx(answer))
    }

    /// The 4 bytes that begin `at` bytes behind the structure's beginning.
    fn word(&self, at: usize) -> u32 {
        let bytes = self.0.get(at / 8).copied().unwrap_or_default().to_ne_bytes();
        let half = bytes.get(at % 8..).and_then(|bytes| bytes.first_chunk::<4>());
        half.map_or(0, |half| u32::from_ne_bytes(*half))
    }

    fn mount(&self) -> Option<u64> {
        (self.word(0) & Statx::MOUNT != 0).then_some(self.0[18])
    }

    fn known(&self) -> Known {
        let device = libc::makedev(self.word(136), self.word(140));
        // `stx_mode` has 16 bits and is followed by as many that say nothing.
        let mode = self.word(28).to_ne_bytes();
        Known {
            seen: Seen { identity: (device, self.0[4]), mount: self.mount(), size: self.0[5] },
            mode: libc::mode_t::from(u16::from_ne_bytes([mode[0], mode[1]])),
            names: u64::from(self.word(16)),
        }
    }
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn mount_of(_: &Path) -> Option<u64> {
    None
}

/// Makes the file with access for its owner only, from its first byte; SQLite gives its journal the same.
#[cfg(unix)]
pub fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    let name = std::ffi::CString::new(path.as_os_str().as_bytes())?;
    // For reading: had the host closed its standard output, another thread's words could get into a file opened for writing.
    let flags = libc::O_RDONLY | libc::O_CREAT | libc::O_EXCL | libc::O_CLOEXEC;
    // SAFETY: the path ends with a zero byte.
    let made = unsafe { libc::open(name.as_ptr(), flags, 0o600 as libc::c_uint) };
    if made >= 0 {
        // SAFETY: it was opened just now, for nobody else.
        unsafe { libc::close(made) };
        return Ok(());
    }
    match std::io::Error::last_os_error() {
        e if e.kind() == std::io::ErrorKind::AlreadyExists => {
            let known = std::fs::metadata(path)?;
            // An empty one that somebody made beforehand becomes ours.
            if known.is_file() && known.len() == 0 && known.permissions().mode() & 0o077 != 0 {
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
            }
            Ok(())
        }
        e => Err(e),
    }
}

/// Windows: a file's access is its folder's, which is the user's own below the profile.
#[cfg(not(unix))]
pub fn make_private(path: &Path) -> std::io::Result<()> {
    std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(path).map(|_| ())
}

/// Whether this process may read and write the file. Errors: the system's, which says why not.
#[cfg(unix)]
pub fn access(path: &Path) -> std::io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::CString::new(path.as_os_str().as_bytes())?;
    // SAFETY: the path ends with a zero byte.
    let may = unsafe { libc::faccessat(libc::AT_FDCWD, name.as_ptr(), libc::R_OK | libc::W_OK, libc::AT_EACCESS) };
    if may == 0 { Ok(()) } else { Err(std::io::Error::last_os_error()) }
}

#[cfg(not(unix))]
pub fn access(path: &Path) -> std::io::Result<()> {
    std::fs::OpenOptions::new().read(true).write(true).open(path).map(|_| ())
}

/// The name of the network or shared file system that a folder lies on, where that can be told: by the number that the file system
/// itself gives, else by the name under which it is mounted. A container's overlay is a local one.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub fn shared_file_system(folder: &Path) -> Option<&'static str> {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::MetadataExt;
    let name = std::ffi::CString::new(folder.as_os_str().as_bytes()).ok()?;
    let mut known = std::mem::MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: both pointers are live; the structure is only read after success.
    let known = unsafe { (libc::statfs(name.as_ptr(), known.as_mut_ptr()) == 0).then(|| known.assume_init()) };
    let magic = known.map(|known| known.f_type as u32);
    // The list of mounts is read only for what says in no number that it is local: it can be long.
    if magic.is_some_and(|magic| LOCAL.contains(&magic)) {
        return None;
    }
    magic.and_then(name_of).or_else(|| {
        let device = std::fs::metadata(folder).ok()?.dev();
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
        name_of_type(type_of(&mounts, device)?)
    })
}

/// Numbers of file systems that are always local, by linux/magic.h: ext2 to ext4, XFS, Btrfs, tmpfs, overlayfs, F2FS.
#[cfg(any(target_os = "linux", target_os = "android"))]
const LOCAL: [u32; 6] = [0xef53, 0x5846_5342, 0x9123_683e, 0x0102_1994, 0x794c_7630, 0xf2f5_2010];

/// The type of the file system on a device, of /proc/self/mountinfo (proc_pid_mountinfo(5)).
#[cfg(any(target_os = "linux", target_os = "android"))]
fn type_of(mounts: &str, device: u64) -> Option<&str> {
    let device = format!("{}:{}", libc::major(device as libc::dev_t), libc::minor(device as libc::dev_t));
    mounts.lines().find_map(|line| {
        let (place, kind) = line.split_once(" - ")?;
        (place.split(' ').nth(2)? == device).then(|| kind.split(' ').next())?
    })
}

/// Those that say in no number of their own what they are, or in one that is not known here: what is mounted under such a name.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn name_of_type(kind: &str) -> Option<&'static str> {
    // Of all that is FUSE only what a disk lies behind is local, and that cannot be told from the others.
    if kind == "fuse" || kind.starts_with("fuse.") {
        return Some("FUSE");
    }
    const TYPES: [(&str, &str); 25] = [
        ("9p", "9p"),
        ("acfs", "ACFS"),
        ("afs", "AFS"),
        ("beegfs", "BeeGFS"),
        ("ceph", "Ceph"),
        ("cifs", "CIFS"),
        ("coda", "Coda"),
        ("fuseblk", "FUSE"),
        ("gfs2", "GFS2"),
        ("gpfs", "GPFS"),
        ("lustre", "Lustre"),
        ("ncpfs", "NCP"),
        ("nfs", "NFS"),
        ("nfs4", "NFS"),
        ("ocfs2", "OCFS2"),
        ("orangefs", "OrangeFS"),
        ("panfs", "PanFS"),
        ("prl_fs", "Parallels' shared folders"),
        ("pvfs2", "PVFS2"),
        ("smb3", "SMB2"),
        ("smbfs", "SMB"),
        ("vboxsf", "vboxsf"),
        ("virtiofs", "virtiofs"),
        ("vmhgfs", "VMware's shared folders"),
        ("wekafs", "Weka"),
    ];
    TYPES.into_iter().find(|(known, _)| *known == kind).map(|(_, name)| name)
}

/// Names by linux/magic.h, and by the file systems' own sources; as 32 bits, for the field's type differs between machines.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn name_of(magic: u32) -> Option<&'static str> {
    Some(match magic {
        0x6969 => "NFS",
        0x517b => "SMB",
        0xff53_4d42 => "CIFS",
        0xfe53_4d42 => "SMB2",
        0x5346_414f | 0x6b41_4653 => "AFS",
        0x7375_7245 => "Coda",
        0x564c => "NCP",
        0x00c3_6400 => "Ceph",
        // virtiofs has the same number.
        0x6573_5546 => "FUSE or virtiofs",
        0x0102_1997 => "9p",
        0x786f_4256 => "vboxsf",
        0x7461_636f => "OCFS2",
        0x0116_1970 => "GFS2",
        0x0bd0_0bd0 => "Lustre",
        0x4750_4653 => "GPFS",
        0x1983_0326 => "BeeGFS",
        0x2003_0528 => "OrangeFS",
        0xbacb_acbc => "VMware's shared folders",
        0xaad7_aaea => "PanFS",
        _ => return None,
    })
}

#[cfg(windows)]
pub fn shared_file_system(folder: &Path) -> Option<&'static str> {
    use std::os::windows::ffi::OsStrExt;
    use std::path::{Component, Prefix};
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetDriveTypeW(root: *const u16) -> u32;
    }
    const DRIVE_REMOTE: u32 = 4;
    let Some(Component::Prefix(prefix)) = folder.components().next() else { return None };
    match prefix.kind() {
        Prefix::UNC(..) | Prefix::VerbatimUNC(..) => Some("a UNC path"),
        Prefix::Disk(_) | Prefix::VerbatimDisk(_) => {
            let root: Vec<u16> = prefix.as_os_str().encode_wide().chain([u16::from(b'\\'), 0]).collect();
            // SAFETY: the text is live and ends with a zero.
            (unsafe { GetDriveTypeW(root.as_ptr()) } == DRIVE_REMOTE).then_some("a mapped drive")
        }
        _ => None,
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", windows)))]
pub fn shared_file_system(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn shared_file_systems_are_told_by_number_and_by_name() {
        // statfs(2), linux/magic.h and the systems' own sources have these.
        for (magic, name) in [
            (0x6969, "NFS"),
            (0xff53_4d42, "CIFS"),
            (0xfe53_4d42, "SMB2"),
            (0x5346_414f, "AFS"),
            (0x6b41_4653, "AFS"),
            (0x00c3_6400, "Ceph"),
            (0x6573_5546, "FUSE or virtiofs"),
            (0x0102_1997, "9p"),
            (0x786f_4256, "vboxsf"),
            (0x7461_636f, "OCFS2"),
            (0x0116_1970, "GFS2"),
            (0x0bd0_0bd0, "Lustre"),
            (0x4750_4653, "GPFS"),
        ] {
            assert_eq!(name_of(magic), Some(name), "{magic:x}");
        }
        let shared = [
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "fuse",
            "fuse.sshfs",
            "fuse.glusterfs",
            "fuseblk",
            "9p",
            "virtiofs",
            "vboxsf",
            "ocfs2",
        ];
        for kind in shared.into_iter().chain(["gfs2", "lustre", "gpfs", "ceph", "afs", "vmhgfs", "prl_fs"]) {
            assert!(name_of_type(kind).is_some(), "{kind}");
        }
        // ext4, xfs, btrfs, tmpfs, overlayfs, zfs, f2fs.
        for magic in LOCAL.into_iter().chain([0x2fc1_2fc1]) {
            assert_eq!(name_of(magic), None, "{magic:x}");
        }
        for kind in ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "fusectl", "nfsd", "configfs"] {
            assert_eq!(name_of_type(kind), None, "{kind}");
        }
    }

    #[test]
    fn one_call_tells_of_a_file_what_the_usual_ones_tell() {
        use std::os::unix::fs::MetadataExt;
        for path in ["/bin", "/etc/passwd", "/", "/dev/null"].map(Path::new) {
            let Some(ours) = Statx::of(path, libc::AT_SYMLINK_NOFOLLOW).map(|answer| answer.known()) else { continue };
            let theirs = std::fs::symlink_metadata(path).unwrap();
            let ours_told = (ours.seen.identity, ours.seen.size, ours.mode, ours.names);
            assert_eq!(ours_told, ((theirs.dev(), theirs.ino()), theirs.len(), theirs.mode(), theirs.nlink()), "{path:?}");
        }
        assert!(Known::of(Path::new("/etc/passwd")).is_some() && Known::of(Path::new("/no such file")).is_none());
    }

    #[test]
    fn the_type_of_a_mount_is_found_by_its_device() {
        let mounts = "22 28 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw\n\
                      36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n\
                      40 28 0:42 / /srv/a\\040b rw,relatime shared:9 unbindable - nfs4 srv:/x rw,vers=4.2\n\
                      41 28 0:43 / /home/x rw - fuse.sshfs x@y: rw\n";
        let on = |major, minor| type_of(mounts, libc::makedev(major, minor));
        assert_eq!([on(0, 42), on(0, 43), on(98, 0), on(8, 1)], [Some("nfs4"), Some("fuse.sshfs"), Some("ext3"), None]);
        assert_eq!(shared_file_system(Path::new("/")), None, "these tests' own");
    }
}
