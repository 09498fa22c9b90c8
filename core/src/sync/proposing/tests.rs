//! Which column is found to be which.
