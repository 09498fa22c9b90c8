//! A file of the HR system, read.

use std::collections::BTreeMap;

use super::damage::Damage;
use super::field::Field;
use super::row::Row;
use crate::sync::digest::Digest;

/// A file, read.
#[derive(Debug)]
pub struct HrFile {
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// The name of the encoding that it was read in.
    pub encoding: &'static str,
    /// Its rows, in its order; those that are left out by `rows` included.
    pub rows: Vec<Row>,
    /// The fields that it has columns for.
    pub fields: Vec<Field>,
    /// What makes the file as a whole doubtful.
    pub damages: Vec<Damage>,
    /// How many rows `rows` left out, by the value that did it, as `Etternavn: Test Kunde`.
    pub left_out: BTreeMap<String, usize>,
}
