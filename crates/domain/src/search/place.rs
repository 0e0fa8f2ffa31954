//! A place in a list of products: the cursor of its pages.

use std::fmt;
use std::str::FromStr;

use crate::id::ProductId;

/// How well a product fits a search; the lower the better. Without a search all fit alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u16);

/// A place in a list of products: by how well they fit, then in the order of the catalog, where two are alike by id.
///
/// The cursor is the same on server and device, so that a list begun with a connection goes on without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// How well it fits.
    pub score: Score,
    /// Its place in the order of the catalog.
    pub position: u32,
    /// The product.
    pub id: ProductId,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.score {
            Score(0) => write!(f, "{}.{}", self.position, self.id),
            Score(score) => write!(f, "{score}.{}.{}", self.position, self.id),
        }
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (front, id) = text.rsplit_once('.').ok_or(())?;
        let (score, position) = match front.split_once('.') {
            Some((score, position)) => (score.parse().map_err(|_| ())?, position),
            None => (0, front),
        };
        Ok(Self {
            score: Score(score),
            position: position.parse().map_err(|_| ())?,
            id: id.parse().map_err(|_| ())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        for score in [0, 7, u16::MAX] {
            let place = Place {
                score: Score(score),
                position: 42,
                id: ProductId(uuid::Uuid::from_u128(7)),
            };
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for text in ["", "1", "-1.x", "1.2.3", "70000.1.x"] {
            assert_eq!(text.parse::<Place>(), Err(()), "{text}");
        }
    }
}
