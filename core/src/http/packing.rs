//! How an answer's body is packed (`Content-Encoding`), and unpacking it. gzip is asked for, as a page of a list shrinks to a
//! sixteenth; it is taken unasked, too.

use std::io::{self, BufRead, BufReader, Read};

use super::gzip::Unpacked;

/// The value of the header `Accept-Encoding`.
pub const ASKED_FOR: &str = "gzip";

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all, or in a way that cannot be undone here.
    None,
    /// As RFC 1952 has it, one member or several.
    Gzip,
}

/// What an answer's `Content-Encoding` says; and its words, where they name nothing that can be unpacked here.
pub fn told(header: Option<&str>) -> (Packing, Option<String>) {
    match header.unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "" | "identity" => (Packing::None, None),
        // The older name means the same (RFC 9110, 8.4.1.3).
        "gzip" | "x-gzip" => (Packing::Gzip, None),
        other => (Packing::None, Some(other.to_owned())),
    }
}

/// Why a body could not be read.
#[derive(Debug)]
pub enum Failed {
    /// It did not come whole.
    Way(io::Error),
    /// It came, and is not packed as it says, or ends in the middle.
    Packing(io::Error),
}

/// The unpacked body, of which no more is read than `most` bytes.
pub fn read(raw: impl Read, packing: Packing, most: u64) -> Result<Vec<u8>, Failed> {
    let mut bytes = Vec::new();
    match packing {
        Packing::None => raw.take(most).read_to_end(&mut bytes).map_err(Failed::Way)?,
        Packing::Gzip => {
            // Packed input is at most some dozen bytes longer than what it unpacks to. The bound also ends an endless series of
            // empty members.
            let mut raw = BufReader::new(raw.take(most.saturating_mul(2).saturating_add(1024)));
            // An answer without a body may name a packing all the same.
            if raw.fill_buf().map_err(Failed::Way)?.is_empty() {
                return Ok(bytes);
            }
            Unpacked::new(raw).take(most).read_to_end(&mut bytes).map_err(|e| {
                // Errors of the connection are the HTTP library's own, wrapped.
                let is_ways = e.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<ureq::Error>);
                if is_ways || e.raw_os_error().is_some() { Failed::Way(e) } else { Failed::Packing(e) }
            })?
        }
    };
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_name_of_gzip_is_known_and_others_are_told() {
        for name in ["gzip", "x-gzip", "GZIP", " gzip "] {
            assert_eq!(told(Some(name)), (Packing::Gzip, None));
        }
        for name in ["", "identity"] {
            assert_eq!(told(Some(name)), (Packing::None, None));
        }
        assert_eq!(told(None), (Packing::None, None));
        for name in ["br", "deflate", "zstd", "gzip, gzip"] {
            assert_eq!(told(Some(name)), (Packing::None, Some(name.to_owned())));
        }
    }

    #[test]
    fn what_is_packed_is_read_whole_or_not_at_all() {
        let whole = packed(b"{\"id\": 1}");
        let unpacked = |bytes: &[u8]| read(bytes, Packing::Gzip, 1000);
        assert_eq!(unpacked(&whole).unwrap(), b"{\"id\": 1}");
        assert_eq!(unpacked(&[packed(b"{\"id\""), packed(b": 1}")].concat()).unwrap(), b"{\"id\": 1}", "two members");
        assert_eq!(unpacked(b"").unwrap(), b"");
        for end in 1..whole.len() {
            assert!(matches!(unpacked(&whole[..end]), Err(Failed::Packing(_))), "{end}");
        }
        for place in [0, 5, 12, whole.len() - 8, whole.len() - 1] {
            let mut broken = whole.clone();
            broken[place] ^= 0x55;
            // The moment at which it was packed does not matter.
            assert!(place == 5 || matches!(unpacked(&broken), Err(Failed::Packing(_))), "{place}");
        }
        assert!(matches!(unpacked(b"{\"id\": 1}"), Err(Failed::Packing(_))), "not packed at all");
    }

    /// Counts what is taken from it.
    struct Counted<'a>(&'a [u8], &'a std::cell::Cell<usize>);
    impl Read for Counted<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = self.0.read(into)?;
            self.1.set(self.1.get() + length);
            Ok(length)
        }
    }

    #[test]
    fn a_small_body_that_unpacks_to_a_huge_one_is_left_off() {
        let bomb = packed(&vec![b' '; 50_000_000]);
        let taken = std::cell::Cell::new(0);
        assert_eq!(read(Counted(&bomb, &taken), Packing::Gzip, 1001).unwrap().len(), 1001);
        assert!(taken.get() <= 16 << 10, "{} of {}", taken.get(), bomb.len());
        // Many members of nothing: the reading ends, too.
        let nothing = packed(b"").repeat(100_000);
        taken.set(0);
        assert!(matches!(read(Counted(&nothing, &taken), Packing::Gzip, 1001), Ok(_) | Err(Failed::Packing(_))));
        assert!(taken.get() <= 16 << 10, "{} of {}", taken.get(), nothing.len());
    }
}
