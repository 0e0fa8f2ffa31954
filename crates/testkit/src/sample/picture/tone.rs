//! The colour families of the product pictures.

/// Three shades of one hue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    /// The package itself.
    pub base: &'static str,
    /// Caps, edges and shadows.
    pub deep: &'static str,
    /// The ground behind the package.
    pub pale: &'static str,
}

macro_rules! tones {
    ($($(#[$doc:meta])* $name:ident $key:literal $base:literal $deep:literal $pale:literal;)*) => {
        /// A colour family, named after what usually has it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Tone { $($(#[$doc])* $name,)* }

        impl Tone {
            /// Every tone.
            pub const ALL: [Self; [$($key),*].len()] = [$(Self::$name),*];

            /// The name used in the data files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The tone of that name, if there is one.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)* _ => None }
            }

            /// The shades of this tone.
            pub const fn colours(self) -> Colours {
                match self { $(Self::$name => Colours { base: $base, deep: $deep, pale: $pale },)* }
            }
        }
    };
}

tones! {
    /// Clear blue.
    Sky "sky" "#6fb7e4" "#2f7fb5" "#e4f1fa";
    /// Blue green.
    Teal "teal" "#4fb3ae" "#1f7f7b" "#def2f0";
    /// Pale green.
    Mint "mint" "#8ccfae" "#3f8f6b" "#e4f5eb";
    /// Yellow green.
    Lime "lime" "#a9c94a" "#6e8f1e" "#eff6da";
    /// Leaf green.
    Leaf "leaf" "#6ba557" "#3c7430" "#e5f1df";
    /// Yellow.
    Lemon "lemon" "#f2cb45" "#b8901a" "#fdf4d3";
    /// Golden brown.
    Amber "amber" "#e9a43b" "#b06e12" "#fcecd0";
    /// Orange.
    Orange "orange" "#f08a3c" "#bc5812" "#fde6d4";
    /// Warm pink red.
    Coral "coral" "#ee7f6b" "#b84a37" "#fce3de";
    /// Red.
    Red "red" "#d9534f" "#9c2b2b" "#fae0df";
    /// Rose.
    Pink "pink" "#efa0b4" "#c05c78" "#fce7ed";
    /// Purple.
    Grape "grape" "#8b6bb8" "#5a3f87" "#ece5f5";
    /// Blue violet.
    Berry "berry" "#5b6fb5" "#36478a" "#e3e7f5";
    /// Chocolate brown.
    Cocoa "cocoa" "#8a5f45" "#5a3a27" "#f1e6de";
    /// Straw.
    Wheat "wheat" "#d8b27a" "#9a733a" "#f7eedf";
}
