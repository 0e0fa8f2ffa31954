//! Units and packs.

use crate::sample::Text;
use crate::sample::picture::PictureKind;

/// A unit goods are counted in: a base unit or a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unit {
    /// A short code, unique among units.
    pub code: &'static str,
    /// What people call it.
    pub name: Text,
    /// How many decimal places a quantity of it may have.
    pub decimals: u8,
}

const fn unit(code: &'static str, zh: &'static str, en: &'static str) -> Unit {
    Unit {
        code,
        name: Text::new(zh, en),
        decimals: 0,
    }
}

impl Unit {
    /// Every unit. Chinese has one word for some that English tells apart.
    pub const ALL: [Self; 28] = [
        unit("bottle", "瓶", "bottle"),
        unit("jar", "瓶", "jar"),
        unit("jug", "桶", "jug"),
        unit("keg", "桶", "keg"),
        unit("tub", "桶", "tub"),
        unit("can", "罐", "can"),
        unit("tin", "罐", "tin"),
        unit("tube", "罐", "tube"),
        unit("box", "盒", "box"),
        unit("carton", "盒", "carton"),
        unit("ice-tub", "盒", "tub"),
        unit("bag", "袋", "bag"),
        unit("pouch", "袋", "pouch"),
        unit("sack", "袋", "sack"),
        unit("packet", "包", "packet"),
        unit("cup", "杯", "cup"),
        unit("bar", "块", "bar"),
        unit("cake", "饼", "cake"),
        unit("stick", "支", "stick"),
        unit("hank", "把", "bundle"),
        unit("sleeve", "条", "sleeve"),
        unit("tray", "板", "tray"),
        unit("strip", "排", "strip"),
        unit("multipack", "提", "multipack"),
        unit("bale", "捆", "bale"),
        unit("display", "盒", "display box"),
        unit("case", "箱", "case"),
        Self {
            code: "kg",
            name: Text::new("公斤", "kg"),
            decimals: 1,
        },
    ];

    /// The unit of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code == code)
    }

    /// The base unit the Chinese word means for a product that looks like `kind`.
    pub(super) fn base(word: &str, kind: PictureKind) -> Option<Self> {
        let code = match (word, kind) {
            ("瓶", PictureKind::Jar) => "jar",
            ("桶", PictureKind::Keg) => "keg",
            ("桶", PictureKind::Tub) => "tub",
            ("罐", PictureKind::Tin) => "tin",
            ("罐", PictureKind::Tube) => "tube",
            ("盒", PictureKind::Carton | PictureKind::Brick) => "carton",
            ("盒", PictureKind::Tub) => "ice-tub",
            ("袋", PictureKind::Sack) => "sack",
            ("袋", PictureKind::Spout) => "pouch",
            _ => return Self::ALL.into_iter().find(|unit| unit.name.zh == word),
        };
        Self::from_code(code)
    }

    /// The pack the Chinese word means: a 盒 that holds boxes is a display box, a 袋 of potatoes a sack.
    pub(super) fn pack(word: &str) -> Option<Self> {
        match word {
            "盒" => Self::from_code("display"),
            "袋" => Self::from_code("sack"),
            _ => Self::ALL.into_iter().find(|unit| unit.name.zh == word),
        }
    }
}
