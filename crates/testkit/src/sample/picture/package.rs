//! The packages: what a bottle, a bag or an egg tray looks like.

use super::Colours;

/// A package, drawn, and where its label takes the motif.
pub(super) struct Drawn {
    /// SVG shapes.
    pub(super) shapes: String,
    /// Centre of the label.
    pub(super) motif_at: (&'static str, &'static str),
    /// Scale of the motif, which is 24 units wide.
    pub(super) motif_scale: &'static str,
    /// Half the width of the shadow on the ground.
    pub(super) shadow: u8,
}

/// The paper of labels.
const PAPER: &str = "#fffdf7";

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $key:literal $at:tt $scale:literal $shadow:literal $shapes:literal;)*) => {
        /// A kind of package.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum PictureKind { $($(#[$doc])* $name,)* }

        impl PictureKind {
            /// Every kind.
            pub const ALL: [Self; [$($key),*].len()] = [$(Self::$name),*];

            /// The name used in the data files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The kind of that name, if there is one.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)* _ => None }
            }

            /// The package in `colours`. In the shapes `B`, `D`, `P` and `L` stand for the package's colour, its deep
            /// shade, the ground and the label's paper.
            pub(super) fn draw(self, colours: Colours) -> Drawn {
                let (shapes, motif_at, motif_scale, shadow) = match self {
                    $(Self::$name => ($shapes, $at, $scale, $shadow),)*
                };
                let shapes = shapes
                    .replace("\"B\"", &format!("\"{}\"", colours.base))
                    .replace("\"D\"", &format!("\"{}\"", colours.deep))
                    .replace("\"P\"", &format!("\"{}\"", colours.pale))
                    .replace("\"L\"", &format!("\"{PAPER}\""));
                Drawn { shapes, motif_at, motif_scale, shadow }
            }
        }
    };
}

kinds! {
    /// A plastic drinks bottle.
    Bottle "bottle" ("48", "58") ".86" 17
        r##"<rect x="41.5" y="11" width="13" height="8" rx="2.5" fill="D"/><path d="M43 20h10v5c0 5 9 8 9 17v33a7 7 0 0 1-7 7H41a7 7 0 0 1-7-7V42c0-9 9-12 9-17z" fill="B"/><path d="M34 46h28v24H34z" fill="L"/><path d="M57 36c3 2 5 4 5 8v31a7 7 0 0 1-7 7h-2c3 0 4-3 4-7z" fill="D" opacity=".22"/><rect x="37.5" y="37" width="3" height="40" rx="1.5" fill="#fff" opacity=".55"/>"##;
    /// A slim glass bottle.
    GlassBottle "glass-bottle" ("48", "60") ".84" 16
        r##"<rect x="43" y="10" width="10" height="6" rx="2" fill="D"/><path d="M44 17h8v16c0 5 9 6 9 15v29a5 5 0 0 1-5 5H40a5 5 0 0 1-5-5V48c0-9 9-10 9-15z" fill="B"/><path d="M44 24h8v5h-8z" fill="L" opacity=".8"/><rect x="35" y="49" width="26" height="23" fill="L"/><path d="M57 40c3 2 4 4 4 8v29a5 5 0 0 1-5 5h-2c2 0 3-2 3-5z" fill="D" opacity=".25"/><rect x="38" y="42" width="2.5" height="36" rx="1.2" fill="#fff" opacity=".5"/>"##;
    /// A wine bottle.
    WineBottle "wine-bottle" ("48", "61") ".84" 16
        r##"<path d="M43.5 9h9v22h-9z" fill="B"/><path d="M44 20h8v14c0 5 9 7 9 15v29a4 4 0 0 1-4 4H39a4 4 0 0 1-4-4V49c0-8 9-10 9-15z" fill="D"/><rect x="43" y="9" width="10" height="15" rx="2" fill="B"/><rect x="35" y="49" width="26" height="24" fill="L"/><path d="M35 69h26v2H35z" fill="B"/><rect x="38" y="42" width="2.5" height="36" rx="1.2" fill="#fff" opacity=".3"/>"##;
    /// A square spirits bottle.
    Baijiu "baijiu" ("48", "60") ".8" 19
        r##"<rect x="41" y="12" width="14" height="13" rx="2" fill="D"/><path d="M43 26h10v6l9 6a5 5 0 0 1 2 4v35a5 5 0 0 1-5 5H37a5 5 0 0 1-5-5V42a5 5 0 0 1 2-4l9-6z" fill="B"/><path d="M41 19h14v2H41z" fill="L" opacity=".6"/><path d="M48 45l14 15-14 15-14-15z" fill="L"/><path d="M60 37l2 1a5 5 0 0 1 2 4v35a5 5 0 0 1-5 5h-3c3 0 4-2 4-5z" fill="D" opacity=".22"/>"##;
    /// A steel keg.
    Keg "keg" ("48", "53") ".92" 24
        r##"<path d="M30 16h36v8H30zM30 74h36v8H30z" fill="#8d99a3"/><path d="M28 23h40c3 6 4 12 4 26s-1 20-4 26H28c-3-6-4-12-4-26s1-20 4-26z" fill="#c5cdd4"/><path d="M24.5 40h47a99 99 0 0 1 0 26h-47a99 99 0 0 1 0-26z" fill="B"/><circle cx="48" cy="53" r="11.5" fill="L"/><rect x="42" y="11" width="12" height="6" rx="2" fill="#6d7982"/><path d="M64 23h4c3 6 4 12 4 26s-1 20-4 26h-4c3-6 4-12 4-26s-1-20-4-26z" fill="#5b6670" opacity=".35"/>"##;
    /// A large jug with a handle.
    Jug "jug" ("46", "58") "1" 22
        r##"<rect x="39" y="11" width="14" height="9" rx="2.5" fill="D"/><path d="M40 20h13c9 2 17 9 17 19v36a7 7 0 0 1-7 7H33a7 7 0 0 1-7-7V42c0-12 14-12 14-22z" fill="B"/><path d="M56 29c5 2 8 6 8 11v8h-6v-7c0-4-3-5-4-7z" fill="P"/><rect x="29" y="46" width="34" height="25" rx="4" fill="L"/><path d="M66 50l4-2v27a7 7 0 0 1-7 7h-3c4 0 6-3 6-7z" fill="D" opacity=".22"/>"##;
    /// A squeeze bottle with a nozzle.
    Squeeze "squeeze" ("48", "59") ".9" 17
        r##"<path d="M46 9h4l2 9h-8z" fill="D"/><rect x="40" y="18" width="16" height="8" rx="2" fill="D"/><path d="M40 27h16c5 3 8 8 8 15l-3 34a6 6 0 0 1-6 6H41a6 6 0 0 1-6-6l-3-34c0-7 3-12 8-15z" fill="B"/><ellipse cx="48" cy="59" rx="12" ry="13" fill="L"/><path d="M58 29c4 3 6 7 6 13l-3 34a6 6 0 0 1-6 6h-3c3 0 5-2 5-6l3-34c0-6-1-10-2-13z" fill="D" opacity=".22"/>"##;
    /// A drinks or food can.
    Can "can" ("48", "50") "1" 19
        r##"<path d="M33 18h30l3 7v49l-3 7H33l-3-7V25z" fill="#b9c3cb"/><path d="M30 26h36v48H30z" fill="B"/><ellipse cx="48" cy="18.5" rx="15" ry="3.5" fill="#dde3e8"/><path d="M44 17.5h8v2h-8z" fill="#8d99a3"/><circle cx="48" cy="50" r="14" fill="L"/><path d="M60 26h6v48h-6z" fill="D" opacity=".25"/><path d="M33 28h3v44h-3z" fill="#fff" opacity=".45"/>"##;
    /// A tea or powder tin with a lid.
    Tin "tin" ("48", "56") "1" 23
        r##"<rect x="26" y="28" width="44" height="54" rx="4" fill="B"/><rect x="24" y="18" width="48" height="13" rx="4" fill="D"/><path d="M27 31h42v3H27z" fill="D" opacity=".25"/><rect x="33" y="41" width="30" height="30" rx="15" fill="L"/><path d="M62 34h8v44a4 4 0 0 1-4 4h-4z" fill="D" opacity=".2"/><rect x="29" y="37" width="2.5" height="40" rx="1.2" fill="#fff" opacity=".5"/>"##;
    /// A paper tube with a plastic lid.
    Tube "tube" ("48", "54") ".95" 17
        r##"<rect x="33" y="17" width="30" height="65" rx="3" fill="B"/><rect x="31" y="12" width="34" height="9" rx="3" fill="D"/><path d="M33 36h30v36H33z" fill="L"/><path d="M33 68h30v4H33z" fill="D"/><path d="M57 21h6v58a3 3 0 0 1-3 3h-3z" fill="D" opacity=".22"/>"##;
    /// A gable-top carton.
    Carton "carton" ("44", "58") ".95" 22
        r##"<path d="M29 35l6-15h26l6 15z" fill="D"/><path d="M35 13h26v8H35z" fill="B"/><path d="M29 35h30v47H31a2 2 0 0 1-2-2z" fill="B"/><path d="M59 35h8v45a2 2 0 0 1-2 2h-6z" fill="D"/><circle cx="44" cy="58" r="12.5" fill="L"/><circle cx="48" cy="28" r="4" fill="L"/>"##;
    /// A drinks brick with a straw.
    Brick "brick" ("44", "58") ".92" 20
        r##"<path d="M50 27l3-15 8-2" fill="none" stroke="#fffdf7" stroke-width="3" stroke-linejoin="round"/><path d="M31 28l6-5h30l-8 5z" fill="L"/><path d="M30 28h29v54H32a2 2 0 0 1-2-2z" fill="B"/><path d="M59 28l8-5v53l-8 6z" fill="D"/><path d="M30 42h29v32H30z" fill="L"/><path d="M30 72h29v4H30z" fill="D" opacity=".5"/>"##;
    /// A bag with crimped ends.
    Pouch "pouch" ("48", "51") "1.1" 22
        r##"<path d="M26 17c3 8 2 14 1 22s-1 22 1 40h40c2-18 2-32 1-40s-2-14 1-22z" fill="B"/><path d="M25 13h46v7H25zM27 76h42v6H27z" fill="D"/><ellipse cx="48" cy="51" rx="16" ry="17" fill="L"/><path d="M64 20h6c-3 8-2 12-1 19s1 23-1 37h-6c3-14 3-30 2-37s-1-12 0-19z" fill="D" opacity=".2"/><path d="M31 24c1 7 0 12-1 19" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" opacity=".6"/>"##;
    /// A stand-up pouch with a spout.
    Spout "spout" ("48", "56") "1" 19
        r##"<rect x="42" y="9" width="12" height="9" rx="2.5" fill="D"/><path d="M45 18h6v7h-6z" fill="L"/><path d="M36 25h24c4 8 5 14 5 24v28c0 3-2 5-5 5H36c-3 0-5-2-5-5V49c0-10 1-16 5-24z" fill="B"/><path d="M35 25h26v4H35z" fill="D" opacity=".45"/><circle cx="48" cy="56" r="13.5" fill="L"/><path d="M59 29c3 8 3 12 3 20v28c0 3-1 4-3 5 4 0 6-2 6-5V49c0-9-1-15-4-20z" fill="D" opacity=".3"/>"##;
    /// A glass jar with a screw lid.
    Jar "jar" ("48", "57") ".98" 22
        r##"<path d="M34 26h28c5 2 8 6 8 12v36a8 8 0 0 1-8 8H34a8 8 0 0 1-8-8V38c0-6 3-10 8-12z" fill="B"/><rect x="31" y="14" width="34" height="13" rx="3.5" fill="D"/><path d="M35 18v6M41 18v6M47 18v6M53 18v6M59 18v6" stroke="#fff" stroke-width="1.5" opacity=".3"/><rect x="26" y="43" width="44" height="28" fill="L"/><path d="M64 31c4 2 6 5 6 8v35a8 8 0 0 1-8 8h-3c4-1 5-4 5-8z" fill="D" opacity=".2"/>"##;
    /// A cardboard box.
    Box "box" ("44", "55") "1" 27
        r##"<path d="M22 32l8-11h46l-8 11z" fill="L"/><path d="M22 32h44v47a3 3 0 0 1-3 3H25a3 3 0 0 1-3-3z" fill="B"/><path d="M66 32l10-11v47L66 81z" fill="D"/><circle cx="44" cy="56" r="14.5" fill="L"/><path d="M22 36h44v2.5H22z" fill="#fff" opacity=".4"/>"##;
    /// A sewn sack.
    Sack "sack" ("48", "57") "1.050" 26
        r##"<path d="M27 24c-5 18-6 36-3 55 0 2 2 3 4 3h40c2 0 4-1 4-3 3-19 2-37-3-55z" fill="B"/><path d="M28 14h40l3 10H25z" fill="D"/><path d="M29 19h38" fill="none" stroke="#fffdf7" stroke-width="1.6" stroke-dasharray="3 2.5"/><rect x="32" y="41" width="32" height="31" rx="4" fill="L"/><path d="M63 24h6c5 18 6 36 3 55 0 2-2 3-4 3h-6c5-20 5-40 1-58z" fill="D" opacity=".18"/>"##;
    /// A round tub with a flat lid.
    Tub "tub" ("48", "59") ".86" 22
        r##"<path d="M25 34h46l-5 44a4 4 0 0 1-4 4H34a4 4 0 0 1-4-4z" fill="B"/><rect x="22" y="26" width="52" height="10" rx="4" fill="D"/><circle cx="48" cy="59" r="12.5" fill="L"/><path d="M64 36h7l-5 42a4 4 0 0 1-4 4h-4z" fill="D" opacity=".2"/><path d="M30 41l3 30" stroke="#fff" stroke-width="2.5" stroke-linecap="round" opacity=".5"/>"##;
    /// A cup of instant noodles.
    Cup "cup" ("48", "58") ".9" 18
        r##"<path d="M26 27h44l-7 51a5 5 0 0 1-5 4H38a5 5 0 0 1-5-4z" fill="B"/><path d="M28 43h40l-4 28H32z" fill="L"/><path d="M66 27h4l-7 51a5 5 0 0 1-5 4h-3z" fill="D" opacity=".25"/><ellipse cx="48" cy="27" rx="24" ry="5" fill="D"/><ellipse cx="48" cy="26" rx="21" ry="3.6" fill="L"/><path d="M68 24l9-7-5 10z" fill="L"/>"##;
    /// A wrapped bar.
    Bar "bar" ("53", "52") "1" 26
        r##"<path d="M20 30h8v46h-8z" fill="D"/><path d="M26 26h46a3 3 0 0 1 3 3v48a3 3 0 0 1-3 3H26z" fill="B"/><path d="M18 28l4 3.5-4 3.5 4 3.5-4 3.5 4 3.5-4 3.5 4 3.5-4 3.5 4 3.5-4 3.5 4 3.5-4 3.5h8V26z" fill="#d8dee3"/><circle cx="53" cy="52" r="15" fill="L"/><path d="M26 72h49v5a3 3 0 0 1-3 3H26z" fill="D" opacity=".35"/>"##;
    /// A fruit crate.
    Crate "crate" ("48", "70") ".5" 31
        r##"<circle cx="28" cy="40" r="11" fill="B"/><circle cx="48" cy="36" r="12" fill="B"/><circle cx="68" cy="40" r="11" fill="B"/><circle cx="38" cy="44" r="10" fill="B" stroke="P" stroke-width="1.5"/><circle cx="58" cy="44" r="10" fill="B" stroke="P" stroke-width="1.5"/><path d="M45 28a5 5 0 0 1 4-2M35 38a4 4 0 0 1 4-2M55 38a4 4 0 0 1 4-2" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" opacity=".7"/><path d="M16 46h64v11H16zM18 59h60v10H18zM19 71h58v11H19z" fill="#c9975a"/><path d="M20 44h7v38h-7zM69 44h7v38h-7z" fill="#a87840"/><circle cx="48" cy="69.5" r="8" fill="L"/>"##;
    /// A tray of eggs.
    EggTray "egg-tray" ("48", "72") ".44" 31
        r##"<path d="M24 58c0-14 4-20 8.5-20S41 44 41 58zM39.5 58c0-14 4-20 8.5-20s8.5 6 8.5 20zM55 58c0-14 4-20 8.5-20S72 44 72 58z" fill="#f3dcc0"/><path d="M29 48c0-4 2-6 3-6M44.5 48c0-4 2-6 3-6M60 48c0-4 2-6 3-6" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/><path d="M15 58q4-8 8 0 5 7 9.5 0t8.5 0 7 0 8.5 0 8.5 0 8 0 8 0l-4 21a4 4 0 0 1-4 3H23a4 4 0 0 1-4-3z" fill="B"/><path d="M18 74h60l-1 5a4 4 0 0 1-4 3H23a4 4 0 0 1-4-3z" fill="D" opacity=".3"/><circle cx="48" cy="72" r="7.5" fill="L"/>"##;
    /// Rolls of paper in film.
    Roll "roll" ("48", "66") ".62" 29
        r##"<rect x="20" y="44" width="56" height="38" rx="6" fill="#fff"/><path d="M20 60h56v16a6 6 0 0 1-6 6H26a6 6 0 0 1-6-6z" fill="B"/><path d="M26 20h44v24H26z" fill="#f4f6f8"/><ellipse cx="37" cy="21" rx="11" ry="6" fill="#fff" stroke="B" stroke-width="1.5"/><ellipse cx="59" cy="21" rx="11" ry="6" fill="#fff" stroke="B" stroke-width="1.5"/><ellipse cx="37" cy="21" rx="4" ry="2" fill="D"/><ellipse cx="59" cy="21" rx="4" ry="2" fill="D"/><path d="M48 24v20M20 49h56" stroke="B" stroke-width="1.5" opacity=".6"/><circle cx="48" cy="67" r="10" fill="L"/>"##;
    /// A soft pack of tissues.
    Tissue "tissue" ("48", "64") ".8" 31
        r##"<path d="M34 40c2-14 8-10 12-20 2 8 8 4 8 10 4 0 6 4 8 10z" fill="#fff"/><path d="M42 40c1-8 3-10 5-14" fill="none" stroke="B" stroke-width="1.5" opacity=".6"/><rect x="15" y="38" width="66" height="44" rx="8" fill="B"/><ellipse cx="48" cy="40" rx="20" ry="4" fill="D"/><ellipse cx="48" cy="64" rx="22" ry="13" fill="L"/><path d="M73 39a8 8 0 0 1 8 7v28a8 8 0 0 1-8 8z" fill="D" opacity=".2"/>"##;
    /// An ice lolly.
    IcePop "ice-pop" ("48", "40") ".95" 9
        r##"<rect x="44" y="60" width="8" height="23" rx="3.5" fill="#e0bd8a"/><path d="M30 30a18 18 0 0 1 36 0v32a4 4 0 0 1-4 4H34a4 4 0 0 1-4-4z" fill="B"/><path d="M30 52c5 5 8-2 12 3s8-3 12 1 8 0 12-3v9a4 4 0 0 1-4 4H34a4 4 0 0 1-4-4z" fill="D" opacity=".35"/><circle cx="48" cy="38" r="13" fill="L" opacity=".92"/><path d="M35 24a14 14 0 0 1 6-6" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" opacity=".7"/>"##;
}
