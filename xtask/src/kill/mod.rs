//! What the catalogue and the vectors owe each other: [`rules`], the counts that must not fall ([`counts`]), what public sets notice
//! ([`public`]), the table for people ([`table`]) and the catalogue's pages ([`pages`]). Which vectors notice which mistake is computed by [`diagnosis::kill`].

pub mod counts;
pub mod exceptions;
pub mod pages;
pub mod public;
pub mod rules;
pub mod table;
