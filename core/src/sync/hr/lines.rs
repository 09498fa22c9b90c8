//! The lines of a file, whichever way they end: LF, CRLF or CR.

/// How many lines end in these bytes, and where the last of them does.
pub fn ends(bytes: &[u8]) -> (usize, usize) {
    let (mut ends, mut last) = (0, 0);
    let mut bytes = bytes.iter().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        let is_end = match byte {
            b'\n' => true,
            b'\r' => bytes.peek().is_none_or(|(_, next)| **next != b'\n'),
            _ => false,
        };
        if is_end {
            (ends, last) = (ends + 1, at + 1);
        }
    }
    (ends, last)
}

/// True if the last line has its line end, or if there is none. Where lines end with LF or CRLF, CR alone is half of one.
pub fn is_ended(bytes: &[u8]) -> bool {
    match bytes.last() {
        None | Some(b'\n') => true,
        Some(b'\r') => !bytes.contains(&b'\n'),
        Some(_) => false,
    }
}

/// Each line with its number from 1, without its end.
pub fn numbered(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut rest = Some(bytes);
    let lines = std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            rest = None;
            return Some(text);
        };
        let after = if text.get(at..at + 2) == Some(b"\r\n") { at + 2 } else { at + 1 };
        rest = text.get(after..);
        text.get(..at)
    });
    (1..).zip(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_whichever_way_they_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a", "bc", "", "d"].join(end);
            let lines: Vec<(usize, &[u8])> = numbered(text.as_bytes()).collect();
            assert_eq!(lines, [(1, &b"a"[..]), (2, b"bc"), (3, b""), (4, b"d")], "{end:?}");
            assert_eq!(ends(text.as_bytes()), (3, text.len() - 1), "{end:?}");
            assert!(!is_ended(text.as_bytes()) && is_ended(format!("{text}{end}").as_bytes()), "{end:?}");
        }
        assert!(!is_ended(b"a\r\nb\r"), "half of a line end");
        assert!(is_ended(b""));
    }
}
