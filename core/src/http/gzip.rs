//! Unpacking gzip (RFC 1952), member after member, in little stack: what unpacks is 11 KB that are made on the stack, and the ready-made
//! decoders make another 32 KB there, which a host's small thread does not have.

use std::io::{self, BufRead, ErrorKind, Read};
use std::ops::Range;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// How far back what is packed may refer, in bytes.
const WINDOW: usize = 32 << 10;

const HEADER_CRC: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;
const RESERVED: u8 = 0xe0;

/// What is packed in `raw`, unpacked.
pub struct Unpacked<R> {
    raw: R,
    inflate: Box<DecompressorOxide>,
    window: Vec<u8>,
    /// What of the window is unpacked and not read yet.
    ready: Range<usize>,
    sum: crc32fast::Hasher,
    /// How much the member has unpacked to; the trailer has no more than these bits.
    length: u32,
    part: Part,
}

/// Which part of a member comes next.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Of the first member, which must be there.
    FirstHeader,
    /// Of another one, if there is one.
    Header,
    Body,
    Trailer,
}

impl<R: BufRead> Unpacked<R> {
    pub fn new(raw: R) -> Unpacked<R> {
        Unpacked {
            raw,
            inflate: Box::default(),
            window: vec![0; WINDOW],
            ready: 0..0,
            sum: crc32fast::Hasher::new(),
            length: 0,
            part: Part::FirstHeader,
        }
    }

    /// Goes on by one step. False at the end of all.
    fn go_on(&mut self) -> io::Result<bool> {
        self.part = match self.part {
            Part::Header if self.raw.fill_buf()?.is_empty() => return Ok(false),
            Part::FirstHeader | Part::Header => {
                self.header()?;
                Part::Body
            }
            Part::Body => self.body()?,
            Part::Trailer => {
                self.trailer()?;
                Part::Header
            }
        };
        Ok(true)
    }

    fn header(&mut self) -> io::Result<()> {
        let [one, two, method, flags, ..] = self.bytes::<10>()?;
        if [one, two, method] != [0x1f, 0x8b, 8] || flags & RESERVED != 0 {
            return Err(damaged("no gzip header"));
        }
        if flags & EXTRA != 0 {
            let length = u16::from_le_bytes(self.bytes()?);
            for _ in 0..length {
                self.bytes::<1>()?;
            }
        }
        for text in [NAME, COMMENT] {
            while flags & text != 0 && self.bytes()? != [0] {}
        }
        if flags & HEADER_CRC != 0 {
            self.bytes::<2>()?;
        }
        self.inflate.init();
        self.sum = crc32fast::Hasher::new();
        self.length = 0;
        self.ready = 0..0;
        Ok(())
    }

    fn body(&mut self) -> io::Result<Part> {
        let input = self.raw.fill_buf()?;
        let at = self.ready.end % WINDOW;
        let flags = if input.is_empty() { 0 } else { TINFL_FLAG_HAS_MORE_INPUT };
        let (status, used, given) = decompress(&mut self.inflate, input, &mut self.window, at, flags);
        self.raw.consume(used);
        self.ready = at..at + given;
        self.sum.update(self.window.get(self.ready.clone()).unwrap_or_default());
        self.length = self.length.wrapping_add(given as u32);
        match status {
            TINFLStatus::Done => Ok(Part::Trailer),
            TINFLStatus::NeedsMoreInput | TINFLStatus::HasMoreOutput => Ok(Part::Body),
            TINFLStatus::FailedCannotMakeProgress => Err(ErrorKind::UnexpectedEof.into()),
            _ => Err(damaged("corrupt deflate stream")),
        }
    }

    fn trailer(&mut self) -> io::Result<()> {
        let sum = u32::from_le_bytes(self.bytes()?);
        let length = u32::from_le_bytes(self.bytes()?);
        if sum == self.sum.clone().finalize() && length == self.length { Ok(()) } else { Err(damaged("wrong checksum")) }
    }

    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.raw.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() && !into.is_empty() {
            if !self.go_on()? {
                return Ok(0);
            }
        }
        let amount = self.ready.len().min(into.len());
        let (ready, later) = (self.ready.start..self.ready.start + amount, self.ready.start + amount);
        into.iter_mut().zip(self.window.get(ready).unwrap_or_default()).for_each(|(place, byte)| *place = *byte);
        self.ready.start = later;
        Ok(amount)
    }
}

#[cfg(test)]
mod tests {
    use flate2::{Compression, GzBuilder};
    use std::io::Write;

    use super::*;

    fn unpacked(packed: &[u8]) -> io::Result<Vec<u8>> {
        // Pieces of one byte are the worst that a reader can give.
        for capacity in [1, 7, 8192] {
            let mut out = Vec::new();
            Unpacked::new(io::BufReader::with_capacity(capacity, packed)).read_to_end(&mut out)?;
            if capacity == 8192 {
                return Ok(out);
            }
        }
        unreachable!()
    }

    fn packed(builder: GzBuilder, text: &[u8]) -> Vec<u8> {
        let mut encoder = builder.write(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_part_that_a_header_may_have_is_passed_over() {
        let builders = || {
            [
                GzBuilder::new(),
                GzBuilder::new().filename("a.json"),
                GzBuilder::new().comment("c").filename("f"),
                GzBuilder::new().extra(vec![7; 300]).mtime(9),
            ]
        };
        for builder in builders() {
            assert_eq!(unpacked(&packed(builder, b"text")).unwrap(), b"text");
        }
        let together: Vec<u8> = builders().into_iter().flat_map(|builder| packed(builder, b"ab")).collect();
        assert_eq!(unpacked(&together).unwrap(), b"abababab");
        let mut with_sum = packed(GzBuilder::new(), b"text");
        with_sum[3] |= HEADER_CRC;
        with_sum.splice(10..10, [1, 2]);
        assert_eq!(unpacked(&with_sum).unwrap(), b"text");
        let mut from_the_future = packed(GzBuilder::new(), b"text");
        from_the_future[3] |= 0x20;
        assert!(unpacked(&from_the_future).is_err());
        assert!(unpacked(&[packed(GzBuilder::new(), b"text").as_slice(), b"more"].concat()).is_err());
    }

    #[test]
    fn what_refers_far_back_and_what_cannot_be_made_smaller_comes_out_as_it_was() {
        let mut noise = 1_u32;
        let mut text: Vec<u8> = (0..40_000)
            .map(|_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (noise >> 24) as u8
            })
            .collect();
        text.extend(text.clone()[7_500..].to_vec());
        text.extend(b"x".repeat(100_000));
        for length in [0, 1, WINDOW - 1, WINDOW, WINDOW + 1, text.len()] {
            assert!(unpacked(&packed(GzBuilder::new(), &text[..length])).unwrap() == text[..length], "{length}");
        }
    }
}
