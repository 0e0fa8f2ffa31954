// The default Trusted Types policy passes what the app's views consist of and refuses everything else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const source = readFileSync(new URL("../../public/trusted-types.js", import.meta.url), "utf8");

function policy() {
  let found;
  runInNewContext(source, {
    URL,
    location: new URL("https://desk.example/orders/1"),
    trustedTypes: {
      createPolicy(name, rules) {
        assert.equal(name, "default");
        found = rules;
      },
    },
  });
  return found;
}

const { createHTML, createScript, createScriptURL } = policy();

test("static parts of views pass unchanged", () => {
  const views = [
    "plain text",
    "",
    '<p class="hint">a &lt; b &amp; c</p>',
    "<!>",
    "<!----><div></div>",
    '<button type="button" disabled aria-label="x" data-tone="bad">ok</button>',
    '<svg viewBox="0 0 20 20" fill="none" aria-hidden="true"><path d="M4 10l4 4 8-9" stroke-width="2"/></svg>',
    '<a href="/orders?stage=finance&amp;after=1#top">x</a>',
    '<img src="/icon.svg" alt="" width="28">',
    '<input type="text" required><br/><textarea rows="3"></textarea>',
  ];
  for (const view of views) {
    assert.equal(createHTML(view), view);
  }
});

test("nothing that could run passes", () => {
  const attacks = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example>",
    '<img src="x" onerror="alert(1)">',
    "<img src=x onerror=alert(1)>",
    '<img/src="/a"/onerror="alert(1)">',
    '<svg onload="alert(1)">',
    '<svg><script href="/x.js"></script></svg>',
    '<svg><animate attributename="href" to="x"/></svg>',
    '<svg><use href="/x.svg#a"/></svg>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<iframe src="/x"></iframe>',
    '<iframe srcdoc="x"></iframe>',
    '<object data="/x"></object>',
    '<embed src="/x">',
    '<base href="/x">',
    '<form action="/x"><input></form>',
    '<button formaction="/x">x</button>',
    '<meta http-equiv="refresh" content="0">',
    '<link rel="stylesheet" href="/x.css">',
    "<style>*{}</style>",
    '<p style="color:red">x</p>',
    "<math><mi></mi></math>",
    "<template><p></p></template>",
    "<noscript><p></p></noscript>",
    '<textarea><a title="</textarea><img src=x onerror=alert(1)>"></a></textarea>',
    "<p title='x' onclick='y'>",
    "<p\u0000onclick=x>",
    "<",
    "a < b",
    "<!--><img src=x onerror=alert(1)>-->",
    "<?php ?>",
    "<![CDATA[x]]>",
    '<p is="x-y">x</p>',
    "<x-y></x-y>",
  ];
  for (const attack of attacks) {
    assert.equal(createHTML(attack), null, attack);
  }
});

test("nothing leads away from the site", () => {
  for (const address of ["//evil.example", "https://evil.example", "/\\evil.example", "/&#47;evil.example", "/\t/evil", "data:text/html,x", ""]) {
    assert.equal(createHTML(`<a href="${address}">x</a>`), null, address);
    assert.equal(createHTML(`<img src="${address}">`), null, address);
  }
});

test("text never becomes script", () => {
  assert.equal(createScript("1"), null);
  assert.equal(createScript(""), null);
});

test("only the site's own scripts are loaded", () => {
  for (const own of ["/sw.js", "/countersign-0123456789abcdef.js", "https://desk.example/sw.js"]) {
    assert.equal(createScriptURL(own), own);
  }
  const others = [
    "https://evil.example/sw.js",
    "//evil.example/sw.js",
    "/uploads/x.js",
    "/sw.js?x=1",
    "/api/v1/files/sw.js",
    "data:text/javascript,alert(1)",
    "blob:https://desk.example/1",
    "javascript:alert(1)",
  ];
  for (const other of others) {
    assert.equal(createScriptURL(other), null, other);
  }
});

test("a browser without Trusted Types is left alone", () => {
  assert.doesNotThrow(() => runInNewContext(source, { URL, location: new URL("https://desk.example/") }));
});
