//! finaut
