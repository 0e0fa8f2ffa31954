//! The motifs on the labels: small drawings within -12..12 around the origin.

macro_rules! motifs {
    ($($(#[$doc:meta])* $name:ident $key:literal $shapes:literal;)*) => {
        /// What the label shows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Motif { $($(#[$doc])* $name,)* }

        impl Motif {
            /// Every motif.
            pub const ALL: [Self; [$($key),*].len()] = [$(Self::$name),*];

            /// The name used in the data files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The motif of that name, if there is one.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)* _ => None }
            }

            /// SVG shapes around the origin.
            pub(super) const fn shapes(self) -> &'static str {
                match self { $(Self::$name => $shapes,)* }
            }
        }
    };
}

motifs! {
    /// A drop.
    Drop "drop" r##"<path d="M0-10C4-5 7-1 7 3A7 7 0 0 1-7 3C-7-1-4-5 0-10z" fill="#4b9fd6"/><path d="M-4 3a4 4 0 0 0 3 4" fill="none" stroke="#fff" stroke-width="1.8" stroke-linecap="round"/>"##;
    /// Rising bubbles.
    Bubble "bubble" r##"<circle cx="-3" cy="4" r="5.5" fill="#7cc4ec"/><circle cx="5" cy="-2" r="3.6" fill="#4b9fd6"/><circle cx="-2" cy="-7" r="2.4" fill="#a9d9f3"/><circle cx="6" cy="6" r="1.8" fill="#a9d9f3"/>"##;
    /// A slice of citrus fruit.
    Citrus "citrus" r##"<circle r="9" fill="#f2a33a"/><circle r="7" fill="#fff0d0"/><path d="M0 0-3-5.5A6 6 0 0 1 3-5.5zM0 0 5.5-3A6 6 0 0 1 5.5 3zM0 0 3 5.5A6 6 0 0 1-3 5.5zM0 0-5.5 3A6 6 0 0 1-5.5-3z" fill="#f6b654"/>"##;
    /// A peach.
    Peach "peach" r##"<path d="M0-5C6-9 10-4 9 1 8 6 3 9 0 9S-8 6-9 1C-10-4-6-9 0-5z" fill="#f59a73"/><path d="M0-5c2 4 1 9 0 13" fill="none" stroke="#d9674b" stroke-width="1.3"/><path d="M0-6c1-4 5-5 8-4-1 3-4 5-8 4z" fill="#6ba557"/>"##;
    /// Grapes.
    Grape "grape" r##"<path d="M0-6v-5" stroke="#8a6a3a" stroke-width="1.5"/><path d="M0-8c3-3 6-3 8-1-2 3-5 3-8 1z" fill="#6ba557"/><circle cx="-5" cy="-3" r="3.2" fill="#7d5bb0"/><circle cx="1" cy="-3" r="3.2" fill="#8f6dc2"/><circle cx="6.5" cy="-2" r="2.8" fill="#7d5bb0"/><circle cx="-2" cy="2" r="3.2" fill="#8f6dc2"/><circle cx="4" cy="2.5" r="3.2" fill="#6d4ba0"/><circle cx="1" cy="7.5" r="3" fill="#7d5bb0"/>"##;
    /// An apple.
    Apple "apple" r##"<path d="M0-5c5-3 9 0 9 5 0 5-4 9-7 9-1 0-1-.5-2-.5S-1 9-2 9c-3 0-7-4-7-9 0-5 4-8 9-5z" fill="#d9534f"/><path d="M0-5c0-2 0-4 1-5" fill="none" stroke="#7a5230" stroke-width="1.5" stroke-linecap="round"/><path d="M1-6c1-4 4-5 7-4-1 3-3 5-7 4z" fill="#6ba557"/>"##;
    /// Berries.
    Berry "berry" r##"<circle cx="-4" cy="3" r="5" fill="#c7425a"/><circle cx="5" cy="4" r="4.5" fill="#a92f4c"/><path d="M-4-2C-3-7 0-9 3-9M5 0C5-4 4-7 3-9" fill="none" stroke="#5d8a45" stroke-width="1.4"/><path d="M3-9c2-2 5-2 7 0-2 2-5 2-7 0z" fill="#6ba557"/><circle cx="-5.5" cy="1.5" r="1.3" fill="#fff" opacity=".6"/>"##;
    /// A tomato.
    Tomato "tomato" r##"<ellipse cy="1.5" rx="9" ry="8" fill="#dc4c3f"/><path d="M0-7l2 3 4-1-3 3-3 1.5L-3-2l-3-3 4 1z" fill="#5d9a48"/><path d="M-6 0a5 5 0 0 1 2-3" fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round" opacity=".7"/>"##;
    /// Half a coconut.
    Coconut "coconut" r##"<path d="M-10 0A10 10 0 0 0 10 0z" fill="#7a5238"/><ellipse rx="10" ry="4" fill="#f8f4ec" stroke="#7a5238" stroke-width="1.5"/><ellipse cy=".5" rx="6" ry="2" fill="#d9ebe6"/><path d="M-1-4C-5-9-8-9-10-8M0-4c3-5 7-6 10-4" fill="none" stroke="#6ba557" stroke-width="2.2" stroke-linecap="round"/>"##;
    /// A nut.
    Nut "nut" r##"<path d="M-7-1C-7 6-3 9 0 9S7 6 7-1z" fill="#c58b4f"/><path d="M-9-1C-9-6-5-8 0-8S9-6 9-1z" fill="#8a5f3a"/><path d="M0-8v-3" stroke="#6b4526" stroke-width="2" stroke-linecap="round"/><path d="M-3 2c0 2 1 4 2 5" fill="none" stroke="#fff" stroke-width="1.4" stroke-linecap="round" opacity=".6"/>"##;
    /// An ear of wheat.
    Wheat "wheat" r##"<path d="M0 11V-4" stroke="#b8892f" stroke-width="1.5"/><path d="M0-11c2 2 2 5 0 7-2-2-2-5 0-7zM0-2c0-3 2-5 5-5 0 3-2 5-5 5zM0-2c0-3-2-5-5-5 0 3 2 5 5 5zM0 4c0-3 2-5 5-5 0 3-2 5-5 5zM0 4c0-3-2-5-5-5 0 3 2 5 5 5z" fill="#dba43c"/>"##;
    /// Beans in the pod.
    Bean "bean" r##"<path d="M-10 4C-6 9 6 7 10-6 2-8-8-4-10 4z" fill="#7fae58"/><circle cx="-4.5" cy="3" r="2.7" fill="#cfe3a8"/><circle cx="1" cy="1" r="2.7" fill="#cfe3a8"/><circle cx="5.5" cy="-2.5" r="2.3" fill="#cfe3a8"/>"##;
    /// A bolt of lightning.
    Bolt "bolt" r##"<path d="M2-11-7 2h6l-3 9L7-3H1z" fill="#f0a92b" stroke="#c97d12" stroke-linejoin="round"/>"##;
    /// A seedling.
    Sprout "sprout" r##"<path d="M0 10V-1" stroke="#5d8a45" stroke-width="1.8" stroke-linecap="round"/><path d="M0 0C-1-7-6-9-10-8-10-3-6 1 0 0z" fill="#7fb561"/><path d="M0-2C1-8 5-10 9-9 9-5 6-1 0-2z" fill="#5f9a48"/>"##;
    /// A leaf.
    Leaf "leaf" r##"<path d="M-8 8C-10-4-2-10 9-9 10 3 3 10-8 8z" fill="#6ba557"/><path d="M-9 10C-5 3 0-1 5-5" fill="none" stroke="#e5f1df" stroke-width="1.4" stroke-linecap="round"/>"##;
    /// A flower.
    Flower "flower" r##"<circle cy="-5" r="4" fill="#f4b6c8"/><circle cx="4.8" cy="-1.5" r="4" fill="#f0a0b8"/><circle cx="3" cy="4.2" r="4" fill="#f4b6c8"/><circle cx="-3" cy="4.2" r="4" fill="#f0a0b8"/><circle cx="-4.8" cy="-1.5" r="4" fill="#f4b6c8"/><circle r="3" fill="#f2cb45"/>"##;
    /// A bowl of rice.
    Rice "rice" r##"<path d="M-8-1C-8-8-3-9 0-9s8 1 8 8z" fill="#fff" stroke="#d9cdb8"/><path d="M-10-1h20C10 5 6 9 3 9h-6C-6 9-10 5-10-1z" fill="#c65b4a"/><path d="M-9 2h18" stroke="#fff" opacity=".6"/>"##;
    /// A coffee bean.
    Coffee "coffee" r##"<g transform="rotate(35)"><ellipse rx="6.5" ry="9.5" fill="#6b432b"/><path d="M0-9c4 5-4 12 0 18" fill="none" stroke="#e9d5c0" stroke-width="1.7"/></g>"##;
    /// A heart.
    Heart "heart" r##"<path d="M0 9C-8 3-10-1-9-4-8-9-2-9 0-4 2-9 8-9 9-4 10-1 8 3 0 9z" fill="#dd5668"/>"##;
    /// A glass of milk.
    Milk "milk" r##"<path d="M-7-9H7L5 9H-5z" fill="#dff0fa"/><path d="M-6.5-4C-3-6 2-2 6.5-4L5 9H-5z" fill="#fff" stroke="#5b9cc9"/>"##;
    /// A wedge of cheese.
    Cheese "cheese" r##"<path d="M-10 0 6-8C9-7 10-4 10 0v7h-20z" fill="#f2c94c"/><path d="M-10 0h20v7h-20z" fill="#e5b336"/><circle cx="-3" cy="4" r="1.8" fill="#c8952a"/><circle cx="5" cy="3.5" r="1.5" fill="#c8952a"/><circle cx="4" cy="-3" r="1.5" fill="#dba83a"/>"##;
    /// A fried egg.
    Egg "egg" r##"<path d="M-9 1C-11-6-4-10 1-8s9 1 9 7-5 6-8 9-9 0-11-7z" fill="#fff" stroke="#e3d9c8"/><circle cy="-.5" r="4.2" fill="#f3b33c"/>"##;
    /// The sun.
    Sun "sun" r##"<circle r="5" fill="#f2b53a"/><path d="M0-11v3M0 8v3M-11 0h3M8 0h3M-8-8l2 2M6 6l2 2M8-8l-2 2M-8 8l2-2" stroke="#f2b53a" stroke-width="2" stroke-linecap="round"/>"##;
    /// A potato crisp.
    Potato "potato" r##"<path d="M-9 3C-10-4-4-9 2-8s9 5 7 10-7 7-11 6-7-2-7-5z" fill="#eab64e"/><path d="M-5 2C-2-3 3-4 6-2" fill="none" stroke="#c98f2c" stroke-width="1.5" stroke-linecap="round"/><circle cx="1" cy="3" r="1" fill="#c98f2c"/>"##;
    /// A corn cob.
    Corn "corn" r##"<path d="M0-10c4 3 5 8 3 14h-6c-2-6-1-11 3-14z" fill="#f3c741"/><path d="M-3-4h6M-3.5 0h7M0-9V4" stroke="#d9a325"/><path d="M0 10C-6 8-8 2-6-3c4 2 6 7 6 13zM0 10c6-2 8-8 6-13-4 2-6 7-6 13z" fill="#7fae58"/>"##;
    /// A prawn.
    Shrimp "shrimp" r##"<path d="M7-7C-3-11-10-4-9 2c1 5 6 7 10 6l-1-4c-3 1-5-1-5-3 0-4 5-5 12-5z" fill="#f08a6b"/><path d="M1 8l6-1-2 4zM-5-5l3 3M-8 1h4M-4 6l2-3" stroke="#d0604a" fill="#d0604a"/><circle cx="4" cy="-6" r="1" fill="#5a2a20"/>"##;
    /// A flame.
    Flame "flame" r##"<path d="M0-11C1-5 8-3 7 4 6 8 3 10 0 10S-6 8-7 4C-7 0-4-1-4-5-2-4-1-3-1-1 1-4 1-8 0-11z" fill="#ea6a3a"/><path d="M0 0C3 3 4 9 0 9S-3 4 0 0z" fill="#f8c34a"/>"##;
    /// A mushroom.
    Mushroom "mushroom" r##"<path d="M-3 0h6l1 8c0 2-8 2-8 0z" fill="#f1e4d0"/><path d="M-10 1C-10-6-5-10 0-10S10-6 10 1c-4 2-16 2-20 0z" fill="#a9714a"/><circle cx="-4" cy="-4" r="1.6" fill="#e9d2b8"/><circle cx="3" cy="-6" r="1.3" fill="#e9d2b8"/><circle cx="5" cy="-2" r="1.5" fill="#e9d2b8"/>"##;
    /// Waves.
    Wave "wave" r##"<path d="M-10-5c3-4 7-4 10 0s7 4 10 0M-10 1c3-4 7-4 10 0s7 4 10 0M-10 7c3-4 7-4 10 0s7 4 10 0" fill="none" stroke="#3d97a3" stroke-width="2.2" stroke-linecap="round"/>"##;
    /// A fish.
    Fish "fish" r##"<path d="M-10 0C-6-7 2-7 6 0 2 7-6 7-10 0z" fill="#5a9fc4"/><path d="M4 0l7-5v10z" fill="#3f83a8"/><circle cx="-5.5" cy="-1.2" r="1.2" fill="#fff"/><path d="M-1-3c2 2 2 4 0 6" fill="none" stroke="#d7ecf6" stroke-width="1.3"/>"##;
    /// A wrapped sweet.
    Candy "candy" r##"<path d="M-5 0l-6-5v10zM5 0l6-5v10z" fill="#f3a6bb"/><circle r="6" fill="#e4607f"/><path d="M-4-3c3 1 5 3 6 7M0-6c3 2 5 4 6 7" fill="none" stroke="#fff" stroke-width="1.5" opacity=".8"/>"##;
    /// A block of chocolate.
    Cocoa "cocoa" r##"<rect x="-8" y="-9" width="16" height="18" rx="2" fill="#6b432b"/><path d="M0-9V9M-8-3H8M-8 3H8" stroke="#9a6b4a" stroke-width="1.5"/>"##;
    /// A bowl of noodles.
    Noodle "noodle" r##"<path d="M-8 0c0-5 4-3 4-7M-3 0c0-5 4-3 4-7M2 0c0-5 4-3 4-7" fill="none" stroke="#e3b04b" stroke-width="1.8" stroke-linecap="round"/><path d="M-10 0h20C10 6 6 9 3 9h-6C-6 9-10 6-10 0z" fill="#c65b4a"/><path d="M3-1l7-9M6-1l6-7" stroke="#8a5f3a" stroke-width="1.2"/>"##;
    /// An olive branch.
    Olive "olive" r##"<path d="M-9-8C-3-6 4-5 9-8" fill="none" stroke="#7c8f4a" stroke-width="1.5"/><path d="M-6-7c-3 2-4 5-4 8 3-1 5-4 4-8zM6-7c0 3 1 6 4 7 1-3-1-6-4-7z" fill="#8fae5a"/><ellipse cx="-1" cy="3" rx="4" ry="5.5" fill="#6f7f2e"/><ellipse cx="5" cy="5" rx="3.2" ry="4.5" fill="#56652a"/>"##;
    /// A chilli pepper.
    Chili "chili" r##"<path d="M5-5C6 4-1 9-10 9-4 6-2 2-1-5z" fill="#d63d34"/><path d="M-2-5c2-3 6-3 8 0l-4 1.5z" fill="#5d9a48"/><path d="M2-6c0-2 1-4 4-5" fill="none" stroke="#5d9a48" stroke-width="1.8" stroke-linecap="round"/>"##;
    /// Peppercorns.
    Pepper "pepper" r##"<circle cx="-4" cy="-4" r="3.6" fill="#7c5340"/><circle cx="4" cy="-3" r="3.2" fill="#a2443a"/><circle cx="-2" cy="4" r="3.4" fill="#a2443a"/><circle cx="5" cy="5" r="3" fill="#5e3d2f"/><circle cx="-8" cy="2" r="2" fill="#5e3d2f"/>"##;
    /// A star.
    Star "star" r##"<path d="M0-10 3-3.5 10-3 4.6 1.6 6.4 9 0 5-6.4 9-4.6 1.6-10-3-3-3.5z" fill="#d98a3a"/>"##;
    /// A crystal.
    Crystal "crystal" r##"<path d="M-6-6 0-10 6-6v10L0 9-6 4z" fill="#cfe6f3"/><path d="M0-10 6-6 0-2-6-6z" fill="#eef8fd"/><path d="M0-2 6-6v10L0 9z" fill="#a5cfe6"/>"##;
    /// A scallop shell.
    Shell "shell" r##"<path d="M0 9-9 0C-9-7-4-9 0-9s9 2 9 9z" fill="#f0b79a"/><path d="M0 8-5-6M0 8V-8M0 8 5-6" stroke="#c97f60" stroke-width="1.3"/><path d="M-3 9h6" stroke="#c97f60" stroke-width="2" stroke-linecap="round"/>"##;
    /// A dumpling.
    Dumpling "dumpling" r##"<path d="M-10 5C-10-3-5-7 0-7S10-3 10 5C5 8-5 8-10 5z" fill="#f7efdf" stroke="#d3bd96"/><path d="M-7-2c2 0 2 3 3 4M-2-6c1 2 0 4 1 6M3-6c0 2 0 4 1 6M7-2C6-1 6 1 7 3" fill="none" stroke="#d3bd96" stroke-width="1.3" stroke-linecap="round"/>"##;
    /// A snowflake.
    Snow "snow" r##"<path d="M0-10V10M-8.7-5 8.7 5M-8.7 5 8.7-5M-3-8l3 2 3-2M-3 8l3-2 3 2" fill="none" stroke="#5fb0dc" stroke-width="1.8" stroke-linecap="round"/>"##;
    /// A cloud.
    Cloud "cloud" r##"<path d="M-6 6a5 5 0 0 1 0-9A6 6 0 0 1 5-5a5.5 5.5 0 0 1 1 11z" fill="#b5dcf2"/>"##;
}
