//! Circles between files, and which of their arrows is the one to cut.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::algo::{astar, tarjan_scc};
use petgraph::graphmap::DiGraphMap;

use super::sources::{Arrow, FileId, Finding, Sources};

/// The folder of the client's stations, which have a rule of their own.
const STATIONS: (&str, &str) = ("core/src/client/", "core/src/client.rs");

/// The arrows without which there would be no circle.
///
/// A circle has no arrow that is the wrong one by itself. The one to cut is told: of a file to the module file around it, if
/// there is one, for there the rule is the house's; else the one that closes the most circles in the fewest places.
pub fn forbidden(sources: &Sources, arrows: &[Arrow]) -> Vec<Finding> {
    let mut places: BTreeMap<(FileId, FileId), Vec<&Arrow>> = BTreeMap::new();
    for arrow in arrows {
        places.entry((arrow.from, arrow.to)).or_default().push(arrow);
    }
    let mut graph: DiGraphMap<FileId, ()> = DiGraphMap::from_edges(places.keys());
    let mut findings = Vec::new();
    while let Some((from, to)) = arrow_to_cut(sources, &graph, &places) {
        let way = shortest(&graph, to, from).unwrap_or_default();
        graph.remove_edge(from, to);
        let (from_name, to_name) = (sources.file(from), sources.file(to));
        let rule = if from_name.starts_with(STATIONS.0) && to_name == STATIONS.1 {
            "a station must not use client.rs"
        } else if is_around(to_name, from_name) {
            "a file must not use the module file around it, which uses it"
        } else {
            "files must not form a circle"
        };
        for arrow in &places[&(from, to)] {
            let mut circle = format!("{from_name}:{}", arrow.line);
            for hop in way.windows(2) {
                circle += &format!(" → {}:{}", sources.file(hop[0]), places[&(hop[0], hop[1])][0].line);
            }
            findings.push(sources.finding(arrow, format!("{rule} (circle: {circle} → {from_name})")));
        }
    }
    findings
}

/// `None` if there is no circle left.
fn arrow_to_cut(
    sources: &Sources,
    graph: &DiGraphMap<FileId, ()>,
    places: &BTreeMap<(FileId, FileId), Vec<&Arrow>>,
) -> Option<(FileId, FileId)> {
    let circles = tarjan_scc(graph);
    let together = |a: FileId, b: FileId| circles.iter().any(|circle| circle.contains(&a) && circle.contains(&b));
    // How many shortest circles each arrow is part of.
    let mut closes: BTreeMap<(FileId, FileId), usize> = BTreeMap::new();
    for (from, to, ()) in graph.all_edges().filter(|&(from, to, ())| together(from, to)) {
        let mut circle = shortest(graph, to, from).unwrap_or_default();
        circle.push(to);
        for hop in circle.windows(2) {
            *closes.entry((hop[0], hop[1])).or_default() += 1;
        }
    }
    closes
        .into_iter()
        .map(|(arrow, count)| (arrow, count * 1000 / places[&arrow].len()))
        .max_by_key(|&((from, to), weight)| {
            (is_around(sources.file(to), sources.file(from)), weight, Reverse((sources.file(from), sources.file(to))))
        })
        .map(|(arrow, _)| arrow)
}

/// The files on the shortest way, both ends included.
fn shortest(graph: &DiGraphMap<FileId, ()>, from: FileId, to: FileId) -> Option<Vec<FileId>> {
    astar(graph, from, |file| file == to, |_| 1, |_| 0).map(|(_, way)| way)
}

/// Whether `file` is in the folder of the module file `around`: `http.rs` is around `http/ureq.rs`, and `lib.rs` around its
/// whole crate.
fn is_around(around: &str, file: &str) -> bool {
    let stem = around.trim_end_matches(".rs");
    let folder = ["/lib", "/main", "/mod"].iter().find_map(|name| stem.strip_suffix(name)).unwrap_or(stem);
    around != file && file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
