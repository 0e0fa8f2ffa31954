//! Rewriting `index.html`: which files it loads, under which names, and no script inside it.

use super::Hashed;
use crate::failure::{Failure, Outcome};

/// The page that Trunk wrote.
pub struct Page(String);

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

    /// The text of the script that starts the app: `template` with the names and the integrity of this build.
    pub fn start_script(&self, template: &str) -> Outcome<String> {
        let (loader, wasm) = self.names_in_inline_script()?;
        let integrity = self
            .tag_with(&format!("\"{wasm}\""))
            .and_then(|tag| attribute(tag, "integrity"))
            .ok_or_else(|| Failure::new("Trunk preloads the WebAssembly without its integrity."))?;
        Ok(template
            .replace("__LOADER__", loader)
            .replace("__WASM__", wasm)
            .replace("__WASM_INTEGRITY__", integrity))
    }

    /// Puts the start script in the place of the one Trunk wrote into the page.
    pub fn replace_start_script(&mut self, hashed: &Hashed) -> Outcome {
        let (start, end) = self.inline_script()?;
        let script = format!(
            "<script type=\"module\" src=\"{}\" integrity=\"{}\"></script>",
            hashed.url, hashed.integrity
        );
        self.0.replace_range(start..end, &script);
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

    fn names_in_inline_script(&self) -> Outcome<(&str, &str)> {
        let (start, end) = self.inline_script()?;
        let script = &self.0[start..end];
        let quoted = |ending: &str| script.split('\'').find(|part| part.ends_with(ending));
        match (quoted(".js"), quoted(".wasm")) {
            (Some(loader), Some(wasm)) => Ok((loader, wasm)),
            _ => Err(Failure::new(
                "Trunk's start script names no loader or no WebAssembly.",
            )),
        }
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

    fn tag_with(&self, text: &str) -> Option<&str> {
        self.0
            .split('<')
            .filter_map(|part| part.split('>').next())
            .find(|tag| tag.contains(text))
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

    fn hashed(url: &str) -> Hashed {
        Hashed {
            url: url.to_owned(),
            integrity: "sha384-x".to_owned(),
        }
    }

    #[test]
    fn the_inline_script_becomes_a_file() -> Outcome {
        let mut page = Page::new(TRUNK.to_owned());
        assert_eq!(
            page.start_script("__LOADER__ __WASM__ __WASM_INTEGRITY__")?,
            "/app-12.js /app-12_bg.wasm sha384-wasm"
        );
        page.replace_start_script(&hashed("/start-1.js"))?;
        page.point_to("/style/index.css", &hashed("/style-1.css"))?;
        let html = page.finished();
        assert!(!html.contains("TrunkApplicationStarted") && !html.contains("comment"));
        assert_eq!(
            references(&html),
            ["/style-1.css", "/app-12.js", "/app-12_bg.wasm", "/start-1.js"]
        );
        Ok(())
    }

    #[test]
    fn a_page_of_another_shape_is_refused() {
        let mut page = Page::new("<html></html>".to_owned());
        assert!(page.start_script("").is_err());
        assert!(page.point_to("/style/index.css", &hashed("/s.css")).is_err());
    }
}
