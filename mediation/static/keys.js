/* The keyboard: Alt+N a new case, / search, ? the list of keys, digits choose in a group, and in a form marked
   data-keys Enter goes on, Ctrl+Enter sends, Alt+S keeps a draft. While a Chinese word is being composed, nothing happens. */
(function () {
  "use strict";
  var body = document.body, single = body.dataset.keys !== "off", list = document.getElementById("keys");
  var TEXT = /^(text|tel|search|password|email|url|number|date|datetime-local|time)$/;

  function isText(found) {
    return found.tagName === "TEXTAREA" || found.tagName === "SELECT" || found.isContentEditable ||
      (found.tagName === "INPUT" && TEXT.test(found.type));
  }
  function visible(found) { return found.offsetParent !== null && !found.disabled; }

  // The stops of a form in their order; a group of radios is one stop.
  function stops(form) {
    var seen = {};
    return Array.prototype.filter.call(form.querySelectorAll("input, textarea, select"), function (field) {
      if (field.type === "hidden" || !visible(field)) { return false; }
      if (field.type !== "radio") { return true; }
      if (seen[field.name]) { return false; }
      seen[field.name] = true;
      return true;
    });
  }
  function goOn(form, from) {
    var row = stops(form), place = row.indexOf(from);
    if (place < 0) {
      place = row.findIndex(function (field) { return field.type === "radio" && field.name === from.name; });
    }
    var group = from.closest("[data-digits]");
    for (place += 1; place < row.length; place += 1) {
      if (!group || !group.contains(row[place])) { break; }
    }
    var next = row[place];
    if (!next) { next = form.querySelector("[data-primary], button:not(.first)"); }
    if (next && next.type === "radio") {
      next = form.querySelector('input[type=radio][name="' + next.name + '"]:checked') || next;
    }
    if (next) { next.focus(); }
  }
  function choose(group, digit) {
    var found = Array.prototype.filter.call(group.querySelectorAll("input[type=radio], input[type=checkbox]"), visible)[digit - 1];
    if (!found) { return false; }
    found.focus();
    found.click();
    return true;
  }
  function send(form) {
    var button = form.querySelector("[data-primary]") || form.querySelector("button:not(.first):not(.plain)");
    if (button) { button.click(); }
  }

  if (window.location.hash === "#q" && document.getElementById("q")) { document.getElementById("q").focus(); }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) { return; }
    var here = event.target, form = here.closest ? here.closest("form[data-keys]") : null;
    if (event.altKey && !event.ctrlKey && event.code === "KeyN" && body.dataset.new) {
      event.preventDefault();
      window.location.assign(body.dataset.new);
    } else if (event.altKey && !event.ctrlKey && event.code === "KeyS") {
      var save = document.querySelector("[data-save]");
      if (save) {
        event.preventDefault();
        save.click();
      } else if (document.querySelector("form[data-draft]")) {
        event.preventDefault();
        document.dispatchEvent(new CustomEvent("draft:save"));
      }
    } else if (event.ctrlKey && event.key === "Enter") {
      var whole = form || (here.closest ? here.closest("form") : null);
      if (whole && whole.method === "post") { event.preventDefault(); send(whole); }
    } else if (event.key === "Enter" && form && here.tagName === "INPUT") {
      event.preventDefault();
      goOn(form, here);
    } else if (/^[1-9]$/.test(event.key) && !event.altKey && !event.ctrlKey && here.closest && !isText(here)) {
      var group = here.closest("[data-digits]");
      if (group && choose(group, Number(event.key))) { event.preventDefault(); }
    } else if (single && !event.ctrlKey && !event.altKey && !event.metaKey && !isText(here)) {
      if (event.key === "/" && body.dataset.search) {
        event.preventDefault();
        var box = window.location.pathname === body.dataset.search ? document.getElementById("q") : null;
        if (box) { box.focus(); } else { window.location.assign(body.dataset.search + "#q"); }
      } else if (event.key === "?" && list && list.showModal && !list.open) {
        event.preventDefault();
        list.showModal();
      }
    }
  });
})();
