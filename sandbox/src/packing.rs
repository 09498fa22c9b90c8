//! Answers packed in gzip, as servers and proxies do it; and answers that say they are packed in some other way.

use crate::ask::Ask;
use crate::reply::Reply;
use crate::switches::Gzip;
use crate::world::World;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// How the answer to a request is packed, by the switch.
pub(crate) fn wanted(world: &World, ask: &Ask) -> Option<&'static str> {
    let asked = || ask.header("accept-encoding").is_some_and(|accepted| accepted.contains("gzip"));
    match world.switches.gzip {
        Gzip::Never => None,
        Gzip::Asked => asked().then_some("gzip"),
        Gzip::Always => Some("gzip"),
    }
}

/// The reply packed so. Only gzip is; of anything else the body is such that nobody takes it for text.
pub(crate) fn packed(mut reply: Reply, encoding: Option<&str>) -> Reply {
    let Some(encoding) = encoding else { return reply };
    reply.body = if encoding.to_ascii_lowercase().contains("gzip") {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        // Into memory: nothing can fail.
        let _written = encoder.write_all(&reply.body);
        encoder.finish().unwrap_or_default().into()
    } else {
        reply.body.iter().map(|byte| byte ^ 0x95).collect()
    };
    reply.with("Content-Encoding", encoding).with("Vary", "Accept-Encoding")
}
