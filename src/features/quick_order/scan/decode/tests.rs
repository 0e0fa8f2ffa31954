use rxing::oned::{Code128Writer, EAN8Writer, EAN13Writer, UPCAWriter};
use rxing::{BarcodeFormat, Writer};

use super::*;

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;
/// Dots a bar of the least width is wide.
const BAR: u32 = 3;

/// How a picture differs from a drawing.
#[derive(Clone, Copy, Debug, Default)]
struct Spoilt {
    /// Dots the bars lean to the side over the height of the picture.
    lean: u32,
    /// How far a shade may be off, up or down.
    noise: u32,
    /// How much lighter black is, and darker white.
    grey: u8,
    /// Whether neighbours run into each other.
    blurred: bool,
    /// Whether it lies on its side.
    on_its_side: bool,
}

/// Whether each place of the code is a bar, from its first to its last.
fn bars(code: &str, format: BarcodeFormat) -> Vec<bool> {
    let drawn = match format {
        BarcodeFormat::EAN_13 => EAN13Writer.encode(code, &format, 0, 1),
        BarcodeFormat::EAN_8 => EAN8Writer.encode(code, &format, 0, 1),
        BarcodeFormat::UPC_A => UPCAWriter::default().encode(code, &format, 0, 1),
        _ => Code128Writer.encode(code, &format, 0, 1),
    };
    let drawn = drawn.expect("a code of its kind");
    let all: Vec<bool> = (0..drawn.getWidth()).map(|x| drawn.get(x, 0)).collect();
    let first = all.iter().position(|bar| *bar).expect("a bar");
    let last = all.iter().rposition(|bar| *bar).expect("a bar");
    all[first..=last].to_vec()
}

/// A picture of a code in the middle of something white.
fn picture(bars: &[bool], spoilt: Spoilt) -> Picture {
    let length = u32::try_from(bars.len()).expect("short") * BAR;
    assert!(length + spoilt.lean + 60 < WIDTH, "{length} dots don't fit");
    let mut seed = 7_u32;
    let mut shades = Vec::new();
    for y in 0..HEIGHT {
        let left = (WIDTH - length - spoilt.lean) / 2 + spoilt.lean * y / HEIGHT;
        for x in 0..WIDTH {
            let place = x.checked_sub(left).map(|inside| (inside / BAR) as usize);
            let is_bar = place.is_some_and(|place| bars.get(place) == Some(&true));
            let shade = if is_bar { spoilt.grey } else { 255 - spoilt.grey };
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let off = (seed >> 16) % (2 * spoilt.noise + 1);
            let shade = (u32::from(shade) + off).saturating_sub(spoilt.noise).min(255);
            shades.push(u8::try_from(shade).expect("a byte"));
        }
    }
    if spoilt.blurred {
        let sharp = shades.clone();
        for (index, shade) in shades.iter_mut().enumerate() {
            let at = |index: usize| u32::from(sharp.get(index).copied().unwrap_or(255));
            let sum = at(index.saturating_sub(1)) + 2 * at(index) + at(index + 1);
            *shade = u8::try_from(sum / 4).expect("a byte");
        }
    }
    let upright = Picture {
        shades,
        width: WIDTH,
        height: HEIGHT,
    };
    if spoilt.on_its_side {
        turned(&upright)
    } else {
        upright
    }
}

/// The picture, a quarter turned.
fn turned(picture: &Picture) -> Picture {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let shades = (0..width).flat_map(|x| (0..height).rev().map(move |y| y * width + x));
    Picture {
        shades: shades.map(|index| picture.shades[index]).collect(),
        width: picture.height,
        height: picture.width,
    }
}

const CODES: [(&str, BarcodeFormat); 4] = [
    ("6901234567892", BarcodeFormat::EAN_13),
    ("96385074", BarcodeFormat::EAN_8),
    ("036000291452", BarcodeFormat::UPC_A),
    ("DR-001/24", BarcodeFormat::CODE_128),
];

#[test]
fn every_kind_of_code_is_read() {
    for (digits, format) in CODES {
        let picture = picture(&bars(digits, format), Spoilt::default());
        assert_eq!(code(picture).as_deref(), Some(digits), "{format:?}");
    }
}

#[test]
fn a_code_that_is_held_badly_is_read_as_well() {
    let hard = [
        Spoilt {
            lean: 160,
            ..Spoilt::default()
        },
        Spoilt {
            noise: 40,
            ..Spoilt::default()
        },
        Spoilt {
            grey: 80,
            noise: 12,
            ..Spoilt::default()
        },
        Spoilt {
            blurred: true,
            lean: 60,
            noise: 20,
            ..Spoilt::default()
        },
        Spoilt {
            on_its_side: true,
            ..Spoilt::default()
        },
    ];
    for spoilt in hard {
        for (digits, format) in CODES {
            let picture = picture(&bars(digits, format), spoilt);
            assert_eq!(code(picture).as_deref(), Some(digits), "{format:?} {spoilt:?}");
        }
    }
}

#[test]
fn a_code_that_is_upside_down_is_read() {
    for (digits, format) in CODES {
        let mut bars = bars(digits, format);
        bars.reverse();
        assert_eq!(
            code(picture(&bars, Spoilt::default())).as_deref(),
            Some(digits),
            "{format:?}"
        );
    }
}

#[test]
fn nothing_is_read_where_there_is_no_code() {
    let noise = picture(
        &[],
        Spoilt {
            noise: 120,
            grey: 60,
            ..Spoilt::default()
        },
    );
    assert_eq!(code(noise), None);
    // A code that lacks its last bars has no sum that is right.
    for (digits, format) in CODES {
        let mut bars = bars(digits, format);
        bars.truncate(bars.len() * 4 / 5);
        assert_eq!(code(picture(&bars, Spoilt::default())), None, "{format:?}");
    }
    let untrue = Picture {
        shades: vec![0; 10],
        width: 640,
        height: 480,
    };
    assert_eq!(code(untrue), None);
}
