//! What reading an HR file and planning it takes, for 1,000, 10,000 and 100,000 people, beside a plain comparison of two tables in Python
//! (benches/peers/planning.py). Each runs in a process of its own on one core, in turn; times are the processor's, whatever else runs there,
//! medians with quartiles; memory is the most that was resident. Prints rows for docs/performance.md.
//!
//! Run: `cargo bench -p finaut-core --bench planning`

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // a bench that cannot go on stops
#![allow(clippy::print_stdout)]

use std::path::Path;
use std::process::Command;

use finaut_core::sync::hr;
use serde_json::{Value, json};

#[allow(dead_code)]
#[path = "../core/tests/shared/register.rs"]
mod register;

use register::{Register, head, table};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const ROUNDS: usize = 5;

/// Of a thousand people, five have another name, two are new, and one has left.
fn files(people: usize, folder: &Path) -> Register {
    let register = Register::new(people, people / 50 + 1, json!("hr.csv"));
    let in_finaut: Vec<Vec<String>> = (0..people).map(|n| register.row(n)).collect();
    let mut in_hr = in_finaut.clone();
    for (n, row) in in_hr.iter_mut().enumerate() {
        match n % 1000 {
            7 | 207 | 407 | 607 | 807 => row[3] = format!("{} Nygård", row[3]),
            500 => row[8] = "left".into(),
            _ => {}
        }
    }
    in_hr.extend((0..people / 500).map(|n| register.row(people + n)));
    let with_head = |rows: Vec<Vec<String>>| table(";", "\r\n", &std::iter::once(head()).chain(rows).collect::<Vec<_>>());
    std::fs::write(folder.join("register.csv"), with_head(in_finaut)).unwrap();
    std::fs::write(folder.join("hr.csv"), with_head(in_hr)).unwrap();
    register
}

/// What a process says of its memory in `/proc/self/status`, in MB.
fn memory_mb(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().map_or(0.0, |kb: f64| kb / 1000.0)
}

/// How long, in seconds, the processor has worked for this thread, which is the only one.
#[cfg(not(unix))]
fn worked_s() -> f64 {
    panic!("this is measured on Linux")
}

/// How long, in seconds, the processor has worked for this thread, which is the only one.
#[cfg(unix)]
fn worked_s() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is this function's own, and lives until the call is over.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(failed, 0, "the clock of a thread is there on Linux");
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// The library's part, in a process of its own.
fn planned(people: usize, folder: &Path) {
    let register = files(people, folder);
    let settings = register.profile.file.settings.clone();
    // What making the register took is not what planning takes.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let world_mb = memory_mb("VmRSS");
    let bytes = std::fs::read(folder.join("hr.csv")).unwrap();
    let begun = worked_s();
    let file = hr::read(bytes, "hr.csv", &settings).unwrap_or_else(|e| panic!("{e}"));
    let read_s = worked_s() - begun;
    let file_mb = memory_mb("VmHWM");
    let begun = worked_s();
    let (plan, _) = register.plan(&file);
    let plan_s = worked_s() - begun;
    let kinds = |word: &str| plan.steps.iter().filter(|step| step.kind.word() == word).count();
    println!(
        "{}",
        json!({
            "read_s": read_s, "plan_s": plan_s, "world_mb": world_mb, "file_mb": file_mb, "most_mb": memory_mb("VmHWM"),
            "new": kinds("create"), "changed": kinds("update"), "left": plan.due_later.len(),
        })
    );
}

fn told(mut command: Command) -> Value {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{command:?}: {e}"))
}

/// The middle of several, and its quartiles.
fn middle(values: &[f64]) -> String {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let at = |part: usize| values[(values.len() - 1) * part / 4];
    format!("{} ({}–{})", shown(at(2)), shown(at(1)), shown(at(3)))
}

fn shown(value: f64) -> String {
    if value >= 10.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == "--people") {
        return planned(args[at + 1].parse().unwrap(), Path::new(&args[at + 2]));
    }
    let folder = std::env::temp_dir().join(format!("finaut-planning-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let peer = Path::new(env!("CARGO_MANIFEST_DIR")).join("../benches/peers/planning.py");
    let on_one_core = |program: &Path| {
        let mut command = Command::new("taskset");
        command.args(["-c", "0"]).arg(program);
        command
    };
    println!(
        "| people | | read the file, ms of the processor | compare and plan, ms | most memory, MB |\n|---|---|---|---|---|"
    );
    for people in SIZES {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let mut command = on_one_core(&std::env::current_exe().unwrap());
            command.args(["--people", &people.to_string()]).arg(&folder);
            ours.push(told(command));
            let mut command = on_one_core(Path::new("python3"));
            command.arg(&peer).arg(&folder);
            theirs.push(told(command));
        }
        for member in ["new", "changed", "left"] {
            assert_eq!(ours[0][member], theirs[0][member], "both find the same: {member}");
        }
        let ms =
            |all: &[Value], member: &str| -> Vec<f64> { all.iter().map(|one| one[member].as_f64().unwrap() * 1e3).collect() };
        let most = |all: &[Value], member: &str| shown(all.iter().filter_map(|one| one[member].as_f64()).fold(0.0, f64::max));
        for (name, all) in [("finaut", &ours), ("Python", &theirs)] {
            println!(
                "| {people} | {name} | {} | {} | {} |",
                middle(&ms(all, "read_s")),
                middle(&ms(all, "plan_s")),
                most(all, "most_mb")
            );
        }
        println!(
            "<!-- of finaut's memory, the register: {} MB; with the file: {} MB -->",
            most(&ours, "world_mb"),
            most(&ours, "file_mb")
        );
    }
    let _ = std::fs::remove_dir_all(&folder);
}
