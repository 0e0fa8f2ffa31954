//! Product pictures drawn by the project itself: a package on a soft rounded ground, with a motif on its label.
//!
//! Every picture is one small SVG document made of shapes and presentation attributes only: no script, no style, no
//! text, no id, no reference. It may therefore be served under the strictest content security policy, put inline as
//! often as wanted, and shown on a light or a dark page alike.

mod motif;
mod package;
mod tone;

pub use motif::Motif;
pub use package::PictureKind;
pub use tone::{Colours, Tone};

/// What a product's picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Picture {
    /// The kind of package.
    pub kind: PictureKind,
    /// The colour family of package and ground.
    pub tone: Tone,
    /// What is drawn on the label.
    pub motif: Motif,
}

impl Picture {
    /// The picture as an SVG document of at most [`MAX_BYTES`] bytes.
    pub fn svg(self) -> String {
        picture_svg(self.kind, self.tone, self.motif)
    }

    /// A name that is the same for the same drawing, fit for a file name: `bottle-sky-drop`.
    pub fn name(self) -> String {
        format!("{}-{}-{}", self.kind.key(), self.tone.key(), self.motif.key())
    }
}

/// The upper limit of a picture's size in bytes.
pub const MAX_BYTES: usize = 1_536;

/// Draws a package of `kind` in the colours of `tone` with `motif` on its label, as an SVG document of 96 x 96 units.
pub fn picture_svg(kind: PictureKind, tone: Tone, motif: Motif) -> String {
    let colours = tone.colours();
    let drawn = kind.draw(colours);
    let (x, y) = drawn.motif_at;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\">\
         <rect width=\"96\" height=\"96\" rx=\"18\" fill=\"{pale}\"/>\
         <ellipse cx=\"48\" cy=\"83\" rx=\"{shadow}\" ry=\"3.5\" fill=\"{deep}\" opacity=\".2\"/>\
         {package}<g transform=\"translate({x} {y}) scale({scale})\">{motif}</g></svg>",
        pale = colours.pale,
        deep = colours.deep,
        shadow = drawn.shadow,
        package = drawn.shapes,
        scale = drawn.motif_scale,
        motif = motif.shapes(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_picture() -> impl Iterator<Item = Picture> {
        PictureKind::ALL.into_iter().flat_map(|kind| {
            Tone::ALL.into_iter().flat_map(move |tone| {
                Motif::ALL
                    .into_iter()
                    .map(move |motif| Picture { kind, tone, motif })
            })
        })
    }

    /// Checks that tags are closed in order and attribute values are quoted; returns the tag names seen.
    fn tags(svg: &str) -> Vec<&str> {
        let mut open = Vec::new();
        let mut seen = Vec::new();
        for piece in svg.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').expect("every tag ends");
            assert!(text.is_empty(), "no text between tags in {svg}");
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "tags nest in {svg}");
                continue;
            }
            let (inner, closed) = tag.strip_suffix('/').map_or((tag, false), |inner| (inner, true));
            let name = inner.split(' ').next().unwrap_or_default();
            assert_eq!(inner.matches('"').count() % 2, 0, "quotes pair up in <{tag}>");
            assert_eq!(
                inner.matches("=\"").count() * 2,
                inner.matches('"').count(),
                "quoted values in <{tag}>"
            );
            seen.push(name);
            if !closed {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "everything is closed in {svg}");
        seen
    }

    #[test]
    fn pictures_are_small_and_well_formed() {
        const SHAPES: [&str; 6] = ["svg", "g", "path", "rect", "circle", "ellipse"];
        for picture in every_picture() {
            let svg = picture.svg();
            assert!(
                svg.len() <= MAX_BYTES,
                "{} takes {} bytes",
                picture.name(),
                svg.len()
            );
            for tag in tags(&svg) {
                assert!(SHAPES.contains(&tag), "<{tag}> in {}", picture.name());
            }
            for forbidden in ["style=", "id=", "href", "url(", " on"] {
                assert!(!svg.contains(forbidden), "{forbidden} in {}", picture.name());
            }
        }
    }

    #[test]
    fn keys_name_one_thing_each_and_read_back() {
        for kind in PictureKind::ALL {
            assert_eq!(PictureKind::from_key(kind.key()), Some(kind));
        }
        for tone in Tone::ALL {
            assert_eq!(Tone::from_key(tone.key()), Some(tone));
        }
        for motif in Motif::ALL {
            assert_eq!(Motif::from_key(motif.key()), Some(motif));
        }
    }
}
