//! Reading barcodes out of a picture, where the browser can't: the kinds that goods carry, EAN and UPC, and Code 128, which
//! suppliers print on their own.

use std::collections::HashSet;

use rxing::common::GlobalHistogramBinarizer;
use rxing::oned::{Code128Reader, MultiFormatUPCEANReader};
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, Reader};

/// A picture in shades of grey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Row by row from the top, a byte for each dot; 0 is black.
    pub shades: Vec<u8>,
    /// Dots in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

/// The code in a picture: the first of EAN and UPC, else of Code 128. One that lies on its side, or upside down, is read as
/// well.
pub fn code(picture: Picture) -> Option<String> {
    let source = Luma8Source::new(picture.shades, picture.width, picture.height).ok()?;
    let mut picture = BinaryBitmap::new(GlobalHistogramBinarizer::new(source));
    let goods = [BarcodeFormat::EAN_13, BarcodeFormat::EAN_8, BarcodeFormat::UPC_A];
    let hints = DecodeHints {
        PossibleFormats: Some(HashSet::from(goods)),
        // Every row, not only those in the middle.
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let goods = MultiFormatUPCEANReader::new(&hints).decode_with_hints(&mut picture, &hints);
    let found = goods.or_else(|_| Code128Reader.decode_with_hints(&mut picture, &hints));
    found.ok().map(|found| found.getText().to_owned())
}

#[cfg(test)]
mod tests;
