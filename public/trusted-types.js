// The default Trusted Types policy: the last word on text that becomes markup, script or the address of a script.
//
// The page's headers demand Trusted Types, so that a browser refuses every string at those places unless this policy
// passes it. Leptos builds a view's static parts by writing markup that was fixed when the app was compiled; that is
// all that passes: well-formed tags of a short list, with attributes of a short list, and addresses on this site.
// Whatever could run or load code, style, or lead away from this site is refused, wherever it came from.

(() => {
  "use strict";

  const words = (text) => new Set(text.trim().split(/\s+/));

  const ELEMENTS = words(`
    a abbr address article aside b bdi blockquote br button caption cite code col colgroup data datalist dd del details
    dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins
    kbd label legend li main mark menu meter nav ol optgroup option output p picture pre progress q s samp search section
    select small span strong sub summary sup table tbody td textarea tfoot th thead time tr u ul var wbr
    circle defs desc ellipse g line path polygon polyline rect svg text title tspan
  `);

  const ATTRIBUTES = words(`
    abbr alt autocapitalize autocomplete autofocus checked class cols colspan datetime decoding dir disabled draggable
    enterkeyhint for headers height hidden high href id inert inputmode label lang list loading low max maxlength min
    minlength multiple name novalidate open optimum pattern placeholder popover popovertarget popovertargetaction
    readonly rel required reversed role rows rowspan scope selected size span spellcheck src start step tabindex title
    translate type value width wrap
    clip-rule cx cy d dominant-baseline dx dy fill fill-opacity fill-rule focusable font-size font-weight opacity points
    preserveaspectratio r rx ry stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-opacity stroke-width text-anchor transform vector-effect viewbox x x1 x2 xmlns y y1 y2
  `);

  const ADDRESSES = new Set(["href", "src"]);

  // Without < and > in a value no other reading of the text (inside a textarea, say) finds a tag that is not seen here.
  const TAG = /^<([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9-]*(?:="[^"<>]*")?)*)\s*\/?>/i;
  const CLOSING_TAG = /^<\/([a-z][a-z0-9]*)>/i;
  const PLACEHOLDER = /^<!(?:--[^<>]*--)?>/;
  const ATTRIBUTE = /([a-z][a-z0-9-]*)(?:="([^"<>]*)")?/gi;

  // A path or a fragment on this site: never a scheme, never another host, not even spelt with character references.
  const OWN_ADDRESS = /^(?:#|\/(?!\/))(?:[\w./?=%#~:,@+-]|&amp;)*$/;

  const isAllowedAttribute = (name, value) => {
    if (ADDRESSES.has(name)) {
      return value !== undefined && OWN_ADDRESS.test(value);
    }
    return ATTRIBUTES.has(name) || /^(?:aria|data)-[a-z-]+$/.test(name);
  };

  const isHarmless = (markup) => {
    let rest = markup;
    for (;;) {
      const start = rest.indexOf("<");
      if (start < 0) {
        return true;
      }
      rest = rest.slice(start);
      const tag = TAG.exec(rest) ?? CLOSING_TAG.exec(rest);
      if (tag === null) {
        const placeholder = PLACEHOLDER.exec(rest);
        if (placeholder === null) {
          return false;
        }
        rest = rest.slice(placeholder[0].length);
        continue;
      }
      if (!ELEMENTS.has(tag[1].toLowerCase())) {
        return false;
      }
      for (const [, name, value] of (tag[2] ?? "").matchAll(ATTRIBUTE)) {
        if (!isAllowedAttribute(name.toLowerCase(), value)) {
          return false;
        }
      }
      rest = rest.slice(tag[0].length);
    }
  };

  // The service worker, and files of the build, which carry their digest in their name.
  const OWN_SCRIPT = /^\/(?:sw|[a-z][a-z_-]*-[0-9a-f]{16})\.js$/;

  const isOwnScript = (address) => {
    const url = URL.parse?.(address, location.href) ?? new URL(address, location.href);
    return url.origin === location.origin && url.search === "" && OWN_SCRIPT.test(url.pathname);
  };

  // Null makes the browser refuse the text with a TypeError and report it.
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (markup) => (isHarmless(markup) ? markup : null),
    createScript: () => null,
    createScriptURL: (address) => (isOwnScript(address) ? address : null),
  });
})();
