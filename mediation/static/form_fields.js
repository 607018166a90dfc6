/* What a form holds, and how it is put back: read by drafts.js, which keeps it.  Nothing here keeps anything. */
window.formFields = (function () {
  "use strict";

  var ID_NUMBER = /[0-9]{17}[0-9X]/i;

  function random() {
    var bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    return Array.from(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }
  function counts(field) {
    return field.name && !field.disabled && !/^_/.test(field.name) &&
      ["csrf_token", "version", "kept"].indexOf(field.name) < 0 &&
      ["submit", "button", "reset", "image", "file", "password"].indexOf(field.type) < 0;
  }
  function fieldsOf(form) {
    var found = [];
    Array.from(form.elements).forEach(function (field) {
      if (!counts(field)) return;
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) return;
      if (field.type === "select-multiple") {
        Array.from(field.selectedOptions).forEach(function (one) { found.push([field.name, one.value]); });
      } else {
        found.push([field.name, field.value]);
      }
    });
    return found;
  }
  function isPrivate(form, name, value) {
    if (/id_number|id_no|idcard/i.test(name)) return true;
    var field = form && form.querySelector('[name="' + name.replace(/["\\]/g, "") + '"]');
    if (field && field.dataset.private !== undefined) return true;
    return ID_NUMBER.test(String(value).normalize("NFKC").replace(/[\s\-]/g, ""));
  }
  function withoutPrivate(form, fields) {
    return fields.filter(function (pair) { return !pair[1] || !isPrivate(form, pair[0], pair[1]); });
  }
  function byName(fields) {
    var found = {};
    fields.forEach(function (pair) { (found[pair[0]] = found[pair[0]] || []).push(pair[1]); });
    return found;
  }
  function same(one, other) { return JSON.stringify(one || []) === JSON.stringify(other || []); }

  /* Put values into the fields there are, but for what says which fields those are (data-fixed); returns whether a field was lacking, such as a row that was added. */
  function pour(form, fields, only) {
    var wanted = byName(fields), seen = {}, lacking = false, filled = [];
    function put(field) {
      if (!counts(field) || field.dataset.fixed !== undefined || (only && only.indexOf(field.name) < 0)) return;
      var values = wanted[field.name], before = field.value + field.checked;
      if (field.type === "checkbox" || field.type === "radio") {
        if (values || !isPrivate(form, field.name, "")) field.checked = !!values && values.indexOf(field.value) >= 0;
      } else if (field.type === "select-multiple") {
        Array.from(field.options).forEach(function (o) { o.selected = !!values && values.indexOf(o.value) >= 0; });
      } else if (values) {
        var place = seen[field.name] || 0;
        if (values[place] !== undefined) field.value = values[place];
        seen[field.name] = place + 1;
      }
      if (before !== field.value + field.checked) {
        var fold = field.closest("details");
        if (fold && values) fold.open = true;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    form.dataset.pouring = "1";
    for (var round = 0; round < 3; round += 1) {   // an answer may bring further questions, such as causes after a type
      var fresh = Array.from(form.elements).filter(function (field) { return filled.indexOf(field) < 0; });
      fresh.forEach(put);
      filled = filled.concat(fresh);
    }
    delete form.dataset.pouring;
    Object.keys(wanted).forEach(function (name) {
      if (only && only.indexOf(name) < 0) return;
      if (wanted[name].join("") && !form.elements[name]) lacking = true;
    });
    return lacking;
  }

  /* Whoever is typing while a row comes in goes on typing in the same field, at the same place. */
  function whereTyping(form) {
    var field = document.activeElement;
    if (!field || !form.contains(field) || !field.id || !/^(input|textarea|select)$/i.test(field.tagName)) return null;
    var place = null;
    try { place = [field.selectionStart, field.selectionEnd]; } catch (error) { /* a field without a caret */ }
    return { id: field.id, place: place };
  }
  function typeOn(held) {
    var field = document.getElementById(held.id);
    if (!field) return;
    field.focus({ preventScroll: true });
    try { if (held.place) field.setSelectionRange(held.place[0], held.place[1]); } catch (error) { /* likewise */ }
  }

  /* The server draws rows; ask it to draw this form with these values in it, and take its insides. */
  function redraw(form, fields, pressed) {
    var body = new URLSearchParams(fields);
    ["csrf_token", "version"].forEach(function (name) {
      if (form.elements[name]) body.set(name, form.elements[name].value);
    });
    if (form.elements._key) body.set("_key", random());
    if (pressed) body.set(pressed.name, pressed.value); else body.set("_again", "1");
    return fetch(form.getAttribute("action"), { method: "POST", body: body, credentials: "same-origin", redirect: "manual" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(new Error("no page")); })
      .then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html");
        var found = fresh.querySelector('form[data-draft="' + form.dataset.draft + '"]');
        if (!found) throw new Error("no form");
        var now = fieldsOf(form), typed = pressed && !same(now, fields);   // while the answer was on its way
        if (typed && pressed.name === "_remove") return redraw(form, now, pressed);
        var key = form.elements._key && form.elements._key.value;
        var there = Array.from(form.elements).map(function (field) { return field.name; });
        var held = pressed && whereTyping(form);
        form.replaceChildren
          ? form.replaceChildren.apply(form, Array.from(found.childNodes))
          : (form.innerHTML = found.innerHTML);
        if (key && form.elements._key) form.elements._key.value = key;
        if (typed) pour(form, now, there); else if (!pressed) pour(form, fields);
        if (held) typeOn(held);
        form.dispatchEvent(new CustomEvent("draft:redrawn", { bubbles: true }));
        return null;
      });
  }

  /* The button that sends: where a browser does not say it (Safari before 15.4), the one that was clicked just now. */
  var clicked = null;
  document.addEventListener("click", function (event) {
    clicked = event.target.closest ? event.target.closest("button, input[type=submit], input[type=image]") : null;
    setTimeout(function () { clicked = null; });   // the form is sent before this click is over
  }, true);
  function pressedFor(event) {
    return event.submitter || (clicked && clicked.form === event.target ? clicked : null);
  }

  return {
    pressedFor: pressedFor, random: random, counts: counts, fieldsOf: fieldsOf, isPrivate: isPrivate, withoutPrivate: withoutPrivate,
    byName: byName, same: same, pour: pour, redraw: redraw
  };
})();
