//! How long the system's own look-up of a name may take. With glibc it is the calling thread's resolver that is told, for the moment of
//! one look-up; other systems have nothing of the kind, and take as long as they are set up to.

use std::time::Duration;

/// Looks a name up with `look_up`, which the system's resolver ends after about `longest`: never before a second for each name server
/// and each spelling of the name (as it is, and below the search domains).
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn within<R>(longest: Duration, look_up: impl FnOnce() -> R) -> R {
    let _told = glibc::Told::tell(longest);
    look_up()
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn within<R>(_: Duration, look_up: impl FnOnce() -> R) -> R {
    look_up()
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    use std::ffi::{c_int, c_ulong};
    use std::time::Duration;

    /// The beginning of resolv.h's `struct __res_state`, which is part of glibc's ABI.
    #[repr(C)]
    struct State {
        retrans: c_int,
        retry: c_int,
        options: c_ulong,
        nscount: c_int,
    }

    /// resolv.h: the state was filled from resolv.conf.
    const RES_INIT: c_ulong = 1;

    unsafe extern "C" {
        /// The calling thread's own state.
        fn __res_state() -> *mut State;
        fn __res_ninit(state: *mut State) -> c_int;
    }

    /// The host's own settings on this thread; put back when dropped.
    pub struct Told(Option<(c_int, c_int)>);

    impl Told {
        pub fn tell(longest: Duration) -> Told {
            // SAFETY: glibc gives a live state, which is this thread's alone; it is filled before anything of it is used.
            unsafe {
                let state = __res_state();
                if (*state).options & RES_INIT == 0 && __res_ninit(state) != 0 {
                    return Told(None);
                }
                let hosts = ((*state).retrans, (*state).retry);
                ((*state).retrans, (*state).retry) = shares(longest, (*state).nscount, hosts);
                Told(Some(hosts))
            }
        }
    }

    impl Drop for Told {
        fn drop(&mut self) {
            let Some(hosts) = self.0 else { return };
            // SAFETY: as above; a `Told` does not leave its thread, for it is dropped where it is made.
            unsafe {
                let state = __res_state();
                ((*state).retrans, (*state).retry) = hosts;
            }
        }
    }

    /// A wait that is too short for a name server that asks others first, in seconds.
    const SHORT_S: c_int = 3;

    /// How long to wait for each server, in seconds, and how often to ask each, so that all of it takes about `longest`, and nothing
    /// longer than `hosts` has it. glibc waits for its n servers n times as long in all (res_send.c), and asks for a name that nobody
    /// answered once more below the search domains.
    pub fn shares(longest: Duration, servers: c_int, hosts: (c_int, c_int)) -> (c_int, c_int) {
        let (wait, tries) = (hosts.0.max(1), hosts.1.max(1));
        let each_s = longest.as_secs_f64() / f64::from(servers.max(1)) / 2.0;
        let enough = f64::from(wait.min(SHORT_S));
        let tries = (1..=tries).rev().find(|tries| each_s / f64::from(*tries) >= enough).unwrap_or(1);
        let share = (each_s / f64::from(tries)).floor().clamp(1.0, f64::from(wait));
        (share as c_int, tries)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_time_is_shared_among_servers_and_tries_and_never_made_longer() {
            let shares = |longest: f64, servers, hosts| shares(Duration::from_secs_f64(longest), servers, hosts);
            assert_eq!(shares(30.0, 1, (5, 2)), (5, 2), "as the host has it");
            assert_eq!(shares(30.0, 2, (5, 2)), (3, 2));
            assert_eq!(shares(30.0, 3, (5, 2)), (5, 1));
            assert_eq!(shares(10.0, 1, (5, 2)), (5, 1));
            assert_eq!(shares(2.0, 1, (5, 2)), (1, 1));
            assert_eq!(shares(2.0, 3, (30, 5)), (1, 1));
            assert_eq!(shares(0.001, 1, (5, 2)), (1, 1));
            assert_eq!(shares(1e9, 1, (1, 5)), (1, 5));
            assert_eq!(shares(8.0, 1, (1, 5)), (1, 4));
            assert_eq!(shares(30.0, 0, (0, 0)), (1, 1));
        }

        #[test]
        fn the_hosts_own_settings_are_there_again_afterwards() {
            // SAFETY: the state is this thread's.
            let now = || unsafe { ((*__res_state()).retrans, (*__res_state()).retry) };
            drop(Told::tell(Duration::from_secs(30)));
            let hosts = now();
            let told = Told::tell(Duration::from_secs(1));
            assert_eq!(now(), (1, 1));
            drop(told);
            assert_eq!(now(), hosts);
            // A host's own choice, shorter than ours, stays.
            // SAFETY: as above.
            unsafe { ((*__res_state()).retrans, (*__res_state()).retry) = (1, 1) };
            let told = Told::tell(Duration::from_secs(600));
            assert_eq!(now(), (1, 1));
            drop(told);
        }
    }
}
