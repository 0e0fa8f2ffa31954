//! Rewriting `index.html`: which files it loads, under which names, and no script inside it.

use super::Hashed;
use crate::failure::{Failure, Outcome};

/// What marks the place of the app in `index.html`.
const TRUNK_TAG: &str = "data-trunk rel=\"rust\"";

/// The page: `index.html` as it is, or as Trunk wrote it.
pub struct Page(String);

/// The files of the app.
pub struct App {
    /// The script that loads the WebAssembly.
    pub loader: Hashed,
    /// The script the loader imports, which fetches the parts; none in development.
    pub link: Option<Hashed>,
    /// The WebAssembly.
    pub wasm: Hashed,
    /// The WebAssembly that is fetched later.
    pub parts: Vec<Hashed>,
}

impl App {
    /// The text of the script that starts the app: `template` with the names and the integrity of this build.
    pub fn start_script(&self, template: &str) -> String {
        template
            .replace("__LOADER__", &self.loader.url)
            .replace("__WASM__", &self.wasm.url)
            .replace("__WASM_INTEGRITY__", &self.wasm.integrity)
    }
}

impl Page {
    pub fn new(html: String) -> Self {
        Self(html)
    }

    /// Lets the page load `hashed` where it loads `url`, with its integrity.
    pub fn point_to(&mut self, url: &str, hashed: &Hashed) -> Outcome {
        let quoted = format!("\"{url}\"");
        if self.0.matches(&quoted).count() != 1 {
            return Err(Failure::new(format!(
                "index.html has to load {quoted} exactly once."
            )));
        }
        let replacement = format!("\"{}\" integrity=\"{}\"", hashed.url, hashed.integrity);
        self.0 = self.0.replace(&quoted, &replacement);
        Ok(())
    }

    /// The files of the app as Trunk wrote them into the page.
    pub fn trunk_app(&self) -> Outcome<App> {
        let (start, end) = self.inline_script()?;
        let script = &self.0[start..end];
        let named = |ending: &str| {
            let url = script.split('\'').find(|part| part.ends_with(ending))?;
            let tag = self.tags().find(|tag| tag.contains(&format!("\"{url}\"")))?;
            Some(Hashed {
                url: url.to_owned(),
                integrity: attribute(tag, "integrity")?.to_owned(),
            })
        };
        match (named(".js"), named(".wasm")) {
            (Some(loader), Some(wasm)) => Ok(App {
                loader,
                link: None,
                wasm,
                parts: Vec::new(),
            }),
            _ => Err(Failure::new(
                "Trunk's start script names no loader or no WebAssembly with its integrity.",
            )),
        }
    }

    /// Lets the page preload the app and start it with the script `start`, instead of whatever Trunk wrote or was to
    /// write for that.
    pub fn load_app(&mut self, app: &App, start: &Hashed) -> Outcome {
        if let Ok((start, end)) = self.inline_script() {
            self.0.replace_range(start..end, "");
        }
        let replaced = [
            format!("\"{}\"", app.loader.url),
            format!("\"{}\"", app.wasm.url),
            TRUNK_TAG.to_owned(),
        ];
        let tags: Vec<String> = self
            .tags()
            .filter(|tag| replaced.iter().any(|part| tag.contains(part)))
            .map(|tag| format!("<{tag}>"))
            .collect();
        for tag in tags {
            self.0 = self.0.replace(&tag, "");
        }
        let modules: String = std::iter::once(&app.loader)
            .chain(&app.link)
            .map(|script| {
                format!(
                    "<link rel=\"modulepreload\" href=\"{}\" integrity=\"{}\">\n",
                    script.url, script.integrity
                )
            })
            .collect();
        // Browsers ignore `integrity` on what is preloaded for a `fetch`, and warn about it: the start script demands it
        // when it fetches.
        let loads = format!(
            "{modules}<link rel=\"preload\" href=\"{}\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\">\n\
             <script type=\"module\" src=\"{}\" integrity=\"{}\"></script>\n</head>",
            app.wasm.url, start.url, start.integrity
        );
        let head = self
            .0
            .find("</head>")
            .ok_or_else(|| Failure::new("index.html has no </head>."))?;
        self.0.replace_range(head..head + "</head>".len(), &loads);
        Ok(())
    }

    /// The page without comments and indentation.
    pub fn finished(self) -> String {
        let mut html = self.0;
        while let Some(start) = html.find("<!--") {
            let end = html[start..]
                .find("-->")
                .map_or(html.len(), |length| start + length + 3);
            html.replace_range(start..end, "");
        }
        html.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .fold(String::new(), |page, line| page + line + "\n")
    }

    fn inline_script(&self) -> Outcome<(usize, usize)> {
        let missing = || Failure::new("The page has none of Trunk's start script: has its form changed?");
        let start = self.0.find("<script type=\"module\">").ok_or_else(missing)?;
        let end = self.0[start..].find("</script>").ok_or_else(missing)? + start + "</script>".len();
        if self.0[start..end].contains("TrunkApplicationStarted") {
            Ok((start, end))
        } else {
            Err(missing())
        }
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        self.0
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(tag, _)| tag)
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!("{name}=\""))?.1.split('"').next()
}

/// The files of the site that the page loads by itself: scripts, style sheets and what it preloads, as paths from
/// the root of the site.
pub fn references(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in html.split('<').filter_map(|part| part.split('>').next()) {
        let url = if tag.starts_with("script") {
            attribute(tag, "src")
        } else if tag.starts_with("link") {
            let loads = ["stylesheet", "preload", "modulepreload"];
            attribute(tag, "rel")
                .filter(|rel| loads.contains(rel))
                .and_then(|_| attribute(tag, "href"))
        } else {
            None
        };
        if let Some(url) = url.filter(|url| url.starts_with('/') && !found.iter().any(|known| known == url)) {
            found.push(url.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUNK: &str = r#"<html><head>
        <!-- a comment -->
        <link rel="stylesheet" href="/style/index.css">
        <link rel="icon" href="/icon.svg">
        <link rel="modulepreload" href="/app-12.js" crossorigin="anonymous" integrity="sha384-js">
        <link rel="preload" href="/app-12_bg.wasm" crossorigin="anonymous" integrity="sha384-wasm" as="fetch">
        </head><body>
        <script type="module">
        import init, * as bindings from '/app-12.js';
        const wasm = await init({ module_or_path: '/app-12_bg.wasm' });
        window.wasmBindings = bindings;
        dispatchEvent(new CustomEvent("TrunkApplicationStarted", {detail: {wasm}}));
        </script></body></html>"#;

    fn hashed(url: &str, integrity: &str) -> Hashed {
        Hashed {
            url: url.to_owned(),
            integrity: integrity.to_owned(),
        }
    }

    fn finished(mut page: Page, app: &App) -> Outcome<String> {
        page.load_app(app, &hashed("/start-1.js", "sha384-start"))?;
        page.point_to("/style/index.css", &hashed("/style-1.css", "sha384-style"))?;
        Ok(page.finished())
    }

    #[test]
    fn the_inline_script_of_trunk_becomes_a_file() -> Outcome {
        let page = Page::new(TRUNK.to_owned());
        let app = page.trunk_app()?;
        assert_eq!(
            app.start_script("__LOADER__ __WASM__ __WASM_INTEGRITY__"),
            "/app-12.js /app-12_bg.wasm sha384-wasm"
        );
        let html = finished(page, &app)?;
        assert!(!html.contains("TrunkApplicationStarted") && !html.contains("comment"));
        assert!(html.contains("sha384-js") && !html.contains("sha384-wasm"));
        assert_eq!(
            references(&html),
            ["/style-1.css", "/app-12.js", "/app-12_bg.wasm", "/start-1.js"]
        );
        Ok(())
    }

    #[test]
    fn without_trunk_the_app_takes_the_place_of_its_mark() -> Outcome {
        let page = Page::new(
            "<head><link rel=\"stylesheet\" href=\"/style/index.css\"><link data-trunk rel=\"rust\" href=\"x\"></head>".to_owned(),
        );
        let app = App {
            loader: hashed("/app-1.js", "sha384-js"),
            link: Some(hashed("/link-1.js", "sha384-link")),
            wasm: hashed("/app-1.wasm", "sha384-wasm"),
            parts: vec![hashed("/side-1.wasm", "sha384-side")],
        };
        let html = finished(page, &app)?;
        assert!(!html.contains("data-trunk"));
        assert_eq!(
            references(&html),
            [
                "/style-1.css",
                "/app-1.js",
                "/link-1.js",
                "/app-1.wasm",
                "/start-1.js"
            ]
        );
        Ok(())
    }

    #[test]
    fn a_page_of_another_shape_is_refused() {
        let mut page = Page::new("<html></html>".to_owned());
        let app = App {
            loader: hashed("/a.js", "x"),
            link: None,
            wasm: hashed("/a.wasm", "x"),
            parts: Vec::new(),
        };
        assert!(page.trunk_app().is_err());
        assert!(page.load_app(&app, &hashed("/s.js", "x")).is_err());
        assert!(page.point_to("/style/index.css", &hashed("/s.css", "x")).is_err());
    }
}
