/* Weak networks: what is typed is kept on the device and on the server, a form sent without a network waits and is
   sent exactly once, and nothing that is typed is lost.  Without this script every form works as before.

   A form takes part by carrying data-draft="<name>" (and data-draft-case="<number>").  Fields whose name speaks of an
   identity number, fields marked data-private, and texts that hold such a number never reach the device's memory.
   With data-draft-plain the form's rows are left to its own page and script.  form_fields.js reads and fills the forms. */
(function () {
  "use strict";

  var net = document.getElementById("net");
  if (!net || !window.fetch || !window.URLSearchParams) return;
  var held = window.formFields;
  var random = held.random, counts = held.counts, fieldsOf = held.fieldsOf, isPrivate = held.isPrivate,
    withoutPrivate = held.withoutPrivate, byName = held.byName, same = held.same, pour = held.pour,
    redraw = held.redraw, pressedFor = held.pressedFor;
  var words = net.dataset;
  var user = words.user || "";
  var token = (document.querySelector("input[name=csrf_token]") || {}).value || "";
  var SECOND = 1000, MINUTE = 60 * SECOND, DAY = 24 * 60 * MINUTE;
  var PAUSE = SECOND, SERVER_EVERY = 10 * SECOND, RETRY_EVERY = 30 * SECOND, REACHED_IN = 2 * SECOND, LATELY = 20 * SECOND, KEPT_FOR = 7 * DAY;
  var phone = /Mobi|Android/i.test(navigator.userAgent);
  var watched = [];   // the forms of this page that are drafts
  var whole = {};     // queued forms as they are, identity numbers included: for as long as this page lives
  var noNetwork = navigator.onLine === false, loggedOut = false, heard = Date.now();   // when the server last answered

  /* --- the device's memory; it may be switched off or full ---------------------------------------------- */

  function recall(store, key) {
    try { return JSON.parse(store.getItem(key)); } catch (error) { return null; }
  }
  function put(store, key, value) {
    try { store.setItem(key, JSON.stringify(value)); return true; } catch (error) { return false; }
  }
  function drop(store, key) {
    try { store.removeItem(key); } catch (error) { /* nothing was kept */ }
  }
  function all(kind) {
    var head = kind + "/" + user + "/", found = [];
    try {
      for (var i = 0; i < localStorage.length; i += 1) {
        var key = localStorage.key(i);
        if (key.indexOf(head) === 0) {
          var row = recall(localStorage, key);
          if (row) { row.at_key = key; found.push(row); }
        }
      }
    } catch (error) { /* no memory */ }
    return found.sort(function (a, b) { return b.at - a.at; });
  }
  function draftKey(slot) { return "draft/" + user + "/" + slot; }
  function forgetOld() {
    try {
      Object.keys(localStorage).forEach(function (key) {
        if (!/^(draft|queue)\//.test(key)) return;
        var row = recall(localStorage, key);
        if (!row || Date.now() - row.at > KEPT_FOR) drop(localStorage, key);
      });
    } catch (error) { /* no memory */ }
  }

  /* --- small things ------------------------------------------------------------------------------------- */

  function clock(ms) {
    var at = new Date(ms);
    return ("0" + at.getHours()).slice(-2) + ":" + ("0" + at.getMinutes()).slice(-2);
  }
  function fill(text, facts) {
    return (text || "").replace(/\{(\w+)\}/g, function (_, name) { return facts[name]; });
  }
  function element(tag, text, attributes) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    return made;
  }
  function button(text, act, second) {
    var made = element("button", text, { type: "button" });
    if (second) made.className = "second";
    made.addEventListener("click", act);
    return made;
  }
  function say(place, text) {
    if (place && place.textContent !== text) place.textContent = text;
  }
  function heading() {
    var found = document.querySelector("h1");
    return found ? found.textContent.trim() : document.title;
  }
  function cookie(name) {
    var found = document.cookie.match(new RegExp("(?:^|; )" + name + "=([^;]*)"));
    return found ? decodeURIComponent(found[1]) : "";
  }
  function came() {
    var entry = performance.getEntriesByType && performance.getEntriesByType("navigation")[0];
    return entry ? entry.type : "navigate";
  }

  /* --- the network ---------------------------------------------------------------------------------------- */

  /* Says no more than is true: what is written is kept where this page keeps it; photographs never are. */
  function whatIsKept() {
    var files = Array.from(document.forms).some(function (form) { return form.dataset.chosen || holdsFiles(form); });
    var kept = watched.filter(function (one) { return one.onDevice !== false && one.form.isConnected; })[0];
    var facts = { device: phone ? words.phone : words.computer, button: kept ? sendingButton(kept.form) : "" };
    return fill(kept ? (files ? words.offlineBoth : words.offline) : files ? words.offlinePhotos : words.offlineNothing, facts);
  }
  function sendingButton(form) {
    var buttons = Array.from(form.elements).filter(function (one) {
      return one.type === "submit" && !one.matches(".first, .plain, .second, [formtarget], [name^=_]");
    });
    var button = form.querySelector("[data-primary]") || buttons[buttons.length - 1];
    return button ? button.dataset.said || button.textContent.trim() : words.submit;
  }
  function banner() {
    var there = document.querySelector("[data-testid=offline-banner]");
    if (!noNetwork) { if (there) there.remove(); return; }
    if (!there) {
      there = element("p", "", { "class": "offline", "data-testid": "offline-banner", role: "status" });
      document.body.insertBefore(there, document.body.firstChild);
    }
    say(there, whatIsKept());
  }
  function isDown(down) {
    down = down || navigator.onLine === false;   // an answer that was on its way says nothing of now
    if (noNetwork !== down) { noNetwork = down; banner(); }
  }
  function ask(address, options) {
    return fetch(address, Object.assign({ credentials: "same-origin", redirect: "manual" }, options)).then(
      function (answer) { heard = Date.now(); isDown(false); return answer; },
      function (error) { isDown(true); throw error; });
  }
  function freshToken() {
    return ask(words.tokenUrl).then(function (answer) {
      if (answer.type === "opaqueredirect" || answer.status === 401) { askLogin(); throw new Error("logged out"); }
      if (!answer.ok) throw new Error("no token");
      return answer.json();
    }).then(function (said) {
      if (user && !said.user) { askLogin(); throw new Error("logged out"); }
      if (String(said.user) !== user) throw new Error("somebody else is logged in");
      token = said.token;
      loggedOut = false;
    });
  }
  function askLogin() {
    loggedOut = true;
    showWaiting();
    if (document.querySelector(".log-in-again")) return;
    place(loginNote());
  }
  function loginNote() {
    var note = element("p", words.logIn + " ", { "class": "notice warning log-in-again", role: "alert" });
    note.appendChild(element("a", words.logInLink,
      { href: words.loginUrl + "?next=" + encodeURIComponent(location.pathname + location.search) }));
    return note;
  }
  function place(note) {
    var title = document.querySelector("main h1");
    if (title) title.insertAdjacentElement("afterend", note); else document.body.prepend(note);
  }

  /* --- keeping a form --------------------------------------------------------------------------------------- */

  function Watched(form) {
    this.form = form;
    this.name = form.dataset.draft;
    this.number = form.dataset.draftCase || "";
    this.address = location.pathname;   // the list of what waits may be shown in this page's place
    this.heading = [heading()].concat(Array.from(document.querySelectorAll(".subject")).slice(0, 1)
      .map(function (subject) { return subject.textContent.trim(); }));
    this.mark = "page/" + user + "/" + location.pathname + "/" + this.name;
    this.version = null;
    this.last = 0;
    var asked = new URLSearchParams(location.search).get("draft");
    var tab = recall(sessionStorage, this.mark) || {};
    this.resumed = !asked && tab.slot ? tab : null;
    this.slot = asked || tab.slot || random();
    this.asked = asked;
    this.first = JSON.stringify(fieldsOf(form));
    this.synced = byName(fieldsOf(form));
    this.status = form.querySelector("[data-testid=autosave]");
    this.prepare();
  }
  Watched.prototype.prepare = function () {
    var form = this.form;
    if (!form.elements._draft) form.appendChild(element("input", "", { type: "hidden", name: "_draft" }));
    form.elements._draft.value = this.slot;
    if (!form.querySelector("[data-testid=autosave]")) {
      form.appendChild(element("p", "", { "class": "autosave", "data-testid": "autosave", role: "status", "aria-live": "polite" }));
    }
    this.status = form.querySelector("[data-testid=autosave]");
  };
  Watched.prototype.touched = function () { return JSON.stringify(fieldsOf(this.form)) !== this.first; };
  Watched.prototype.typed = function () {
    var self = this;
    if (this.form.dataset.pouring) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(function () { self.save(); }, PAUSE);
  };
  Watched.prototype.record = function () {
    var names = fieldsOf(this.form).filter(function (pair) { return /(^|-)name$/.test(pair[0]) && pair[1]; });
    return {
      slot: this.slot, form: this.name, case: this.number, address: this.address, at: Date.now(),
      version: this.version, device: phone ? words.phone : words.computer,
      title: this.heading.concat(names.length ? names[0][1] : "")
        .filter(Boolean).join("  ").slice(0, 190)
    };
  };
  Watched.prototype.save = function (now, leaving) {
    clearTimeout(this.timer);
    if (this.gone || !this.touched()) return;
    var fields = fieldsOf(this.form), text = JSON.stringify(fields);
    if (text === this.saved && !this.unsent) return;
    var row = this.record(), tab = recall(sessionStorage, this.mark) || {};
    row.fields = withoutPrivate(this.form, fields);
    if (text !== this.saved) {
      this.onDevice = put(localStorage, draftKey(this.slot), row);
      tab.slot = this.slot;
      put(sessionStorage, this.mark, tab);
      this.saved = text;
      this.unsent = true;
      if (this.onDevice) say(this.status, fill(words.saved, { time: clock(row.at) }));
    }
    this.toServer(now, leaving);
  };
  Watched.prototype.toServer = function (now, leaving) {
    var self = this, wait = this.last + SERVER_EVERY - Date.now();
    if (!user || !this.unsent || this.sending) return;
    clearTimeout(this.later);
    if (wait > 0 && !now) { this.later = setTimeout(function () { self.toServer(); }, wait); return; }
    if (navigator.onLine === false) return;
    this.last = Date.now();
    this.sending = true;
    var fields = fieldsOf(this.form), row = this.record();
    row.fields = fields;
    row.seen = this.version;
    ask(words.draftsUrl, {
      method: "POST", body: JSON.stringify(row), keepalive: !!leaving,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token }
    }).then(function (answer) {
      if (answer.status === 409) return answer.json().then(function (newer) { self.meet(newer); });
      if (answer.status === 400) return freshToken();
      if (answer.status === 401) return askLogin();
      if (!answer.ok) return null;
      return answer.json().then(function (kept) {
        self.version = kept.version;
        self.synced = byName(fields);
        self.unsent = JSON.stringify(fieldsOf(self.form)) !== JSON.stringify(fields);
        var mine = recall(localStorage, draftKey(self.slot));
        if (mine) { mine.version = kept.version; put(localStorage, draftKey(self.slot), mine); }
        say(self.status, fill(words.saved, { time: clock(Date.now()) }));
      });
    }).catch(function () { /* the device has it; it is sent when the network is back */ }).then(function () {
      self.sending = false;
      if (self.unsent && !noNetwork) self.later = setTimeout(function () { self.toServer(); }, SERVER_EVERY);
    });
  };

  /* Another device wrote to this draft: what only it changed is taken over, what both changed is asked. */
  Watched.prototype.meet = function (newer) {
    var self = this, mine = byName(fieldsOf(this.form)), theirs = byName(newer.fields || []), base = this.synced;
    var take = [], clash = [];
    Object.keys(Object.assign({}, mine, theirs)).forEach(function (name) {
      if (same(mine[name], theirs[name])) return;
      if (same(mine[name], base[name])) take.push(name); else if (!same(theirs[name], base[name])) clash.push(name);
    });
    this.version = newer.version;
    this.synced = theirs;
    if (take.length) pour(this.form, newer.fields, take);
    clash.forEach(function (name) { self.offer(name, mine[name], theirs[name], newer); });
    this.unsent = true;
  };
  Watched.prototype.offer = function (name, mine, theirs, newer) {
    var self = this, field = this.form.querySelector('[name="' + name + '"]');
    var label = field && field.id && this.form.querySelector('label[for="' + field.id + '"]');
    var box = element("div", "", { "class": "notice warning two-devices", role: "status" });
    box.appendChild(element("p", fill(words.otherDevice, { device: newer.device || words.computer, time: clock(newer.at) })));
    box.appendChild(element("p", label ? wordsOf(label) : name));
    var shown = function (values) { return (values || []).join(words.comma) || "—"; };
    box.appendChild(button(fill(words.useMine, { text: shown(mine) }), function () { box.remove(); self.save(true); }, true));
    box.appendChild(button(fill(words.useTheirs, { text: shown(theirs) }), function () {
      pour(self.form, newer.fields, [name]);
      box.remove();
      self.save(true);
    }, true));
    (field && field.closest(".field") ? field.closest(".field") : this.form).appendChild(box);
  };

  function wordsOf(label) {
    var copy = label.cloneNode(true);
    Array.from(copy.querySelectorAll(".must, .unseen")).forEach(function (mark) { mark.remove(); });
    return copy.textContent.trim();
  }

  /* --- taking a draft up again --------------------------------------------------------------------------------- */

  Watched.prototype.begin = function () {
    var self = this, tab = this.resumed, mine = recall(localStorage, draftKey(this.slot));
    if (this.asked) return this.read(this.slot).then(function (kept) { return self.resume(newest(mine, kept), kept); });
    if (tab && tab.posted && came() === "navigate") {   // this page is the answer to what was sent
      delete tab.posted;
      put(sessionStorage, this.mark, tab);
      this.first = "";
      this.version = mine ? mine.version : null;
      return Promise.resolve();
    }
    if (tab) {
      return (user && !noNetwork ? this.read(this.slot) : Promise.resolve(null))
        .then(function (kept) { return self.resume(newest(mine, kept), kept, true); });
    }
    var here = all("draft").filter(function (row) { return row.form === self.name && row.case === self.number; })[0];
    var looked = user && !noNetwork
      ? ask(words.draftsUrl + "/newest?" + new URLSearchParams({ form: this.name, case: this.number }))
        .then(function (answer) { return answer.ok ? answer.json() : null; }).catch(function () { return null; })
      : Promise.resolve(null);
    return looked.then(function (kept) {
      var best = newest(here, kept && kept.slot ? kept : null);
      if (best && !self.touched()) self.ask(best);
    });
  };
  function newest(mine, kept) {
    if (!mine || !kept) return mine || kept || null;
    return mine.slot === kept.slot && (mine.version || 0) < kept.version ? kept
      : mine.at >= kept.at ? mine : kept;
  }
  Watched.prototype.read = function (slot) {
    return ask(words.draftsUrl + "/" + encodeURIComponent(slot))
      .then(function (answer) { return answer.ok ? answer.json() : null; }).catch(function () { return null; });
  };
  Watched.prototype.resume = function (draft, kept, told) {
    var self = this;
    if (!draft) return null;
    if (kept) this.version = kept.version;
    var fields = draft.fields.slice();
    if (kept && draft !== kept) {   // the device keeps no identity numbers; the server does
      var names = byName(fields);
      kept.fields.forEach(function (pair) { if (!names[pair[0]] && isPrivate(self.form, pair[0], pair[1])) fields.push(pair); });
    }
    this.synced = byName(kept ? kept.fields : fields);
    this.form.elements._draft.value = this.slot;
    var before = this.form.elements._key ? recall(sessionStorage, this.mark) : null;
    if (before && before.sent) this.sameKey(before.sent, fields);
    var lacking = pour(this.form, fields);
    var drawn = lacking && this.form.dataset.draftPlain === undefined ? redraw(this.form, fields).then(function () { self.prepare(); }, function () { return null; })
      : Promise.resolve();
    return drawn.then(function () {
      self.first = "";
      if (told) self.tellResumed(draft);
    });
  };
  Watched.prototype.tellResumed = function (draft) {
    var self = this, note = element("p", fill(words.resumed, { time: clock(draft.at) }) + " ",
      { "class": "notice resumed", role: "status" });
    note.appendChild(button(words.startAnew, function () { self.forget(true); location.replace(location.pathname); }, true));
    this.form.insertAdjacentElement("beforebegin", note);
  };
  Watched.prototype.ask = function (draft) {
    var self = this, note = element("div", "", { "class": "notice draft-found", role: "status" });
    note.appendChild(element("p", fill(words.found, { time: clock(draft.at), title: draft.title || "" })));
    note.appendChild(button(words.goOn, function () {
      note.remove();
      self.slot = draft.slot;
      put(sessionStorage, self.mark, { slot: draft.slot });
      self.read(draft.slot).then(function (kept) { self.resume(newest(draft, kept), kept); });
    }));
    note.appendChild(button(words.remove, function () { note.remove(); self.forget(true, draft.slot); }, true));
    this.form.insertAdjacentElement("beforebegin", note);
  };
  Watched.prototype.forget = function (everywhere, slot) {
    var gone = slot || this.slot;
    drop(localStorage, draftKey(gone));
    if (!slot) { this.gone = true; drop(sessionStorage, this.mark); }
    if (everywhere && user) {
      ask(words.draftsUrl + "/" + encodeURIComponent(gone) + "/discard", {
        method: "POST", keepalive: true, headers: { "X-CSRFToken": token, Accept: "application/json" }
      }).catch(function () { /* it goes by itself after thirty days */ });
    }
  };

  /* --- sending --------------------------------------------------------------------------------------------------- */

  /* Sent from here before, and come back to it: the same text carries the same key, so that it does nothing twice. */
  Watched.prototype.sameKey = function (sent, fields) {
    if (Date.now() - sent.at > 15 * MINUTE || sent.text !== JSON.stringify(withoutPrivate(this.form, fields))) return;
    this.form.elements._key.value = sent.key;
    if (this.form.elements.version && sent.version) this.form.elements.version.value = sent.version;
  };
  /* Drawn in place, this page goes on: who leaves it and comes back finds what was typed. */
  Watched.prototype.stays = function () {
    var tab = recall(sessionStorage, this.mark);
    if (tab) { delete tab.posted; put(sessionStorage, this.mark, tab); }
  };
  Watched.prototype.leaves = function (presses) {
    var tab = recall(sessionStorage, this.mark) || {};
    tab.slot = this.slot;
    tab.posted = true;
    if (!presses && this.form.elements._key) {
      var fields = withoutPrivate(this.form, fieldsOf(this.form));
      if (tab.sent && came() !== "navigate") this.sameKey(tab.sent, fieldsOf(this.form));
      tab.sent = {
        key: this.form.elements._key.value, at: Date.now(), text: JSON.stringify(fields),
        version: this.form.elements.version ? this.form.elements.version.value : ""
      };
    }
    put(sessionStorage, this.mark, tab);
  };
  function onSubmit(event) {
    var form = event.target, pressed = pressedFor(event);
    if (event.defaultPrevented || (form.getAttribute("method") || "").toLowerCase() !== "post") return;
    if (/\/logout$/.test(form.getAttribute("action") || "") && !form.dataset.asked) { askBeforeLogout(event); return; }
    if (form.dataset.sending) { event.preventDefault(); return; }
    if (form.dataset.chosen) return;   // photos.js sends them one at a time, and again when the network is back
    if (pressed && pressed.hasAttribute("formtarget")) return;   // it opens beside this page, which stays as it is
    var mine = watched.filter(function (one) { return one.form === form; })[0];
    var draws = !!(pressed && /^_/.test(pressed.name));   // adds a row or takes one away; sends nothing
    if (mine) { clearTimeout(mine.timer); mine.save(); mine.leaves(draws); }
    if (navigator.onLine === false || (noNetwork && (!mine || draws))) {
      event.preventDefault();
      isDown(true);
      if (mine && !draws && !holdsFiles(form)) { queue(mine, pressed); sendQueued(); }
      return;
    }
    if (mine && draws && window.DOMParser && form.dataset.draftPlain === undefined && /^_(add|remove)$/.test(pressed.name)) {
      event.preventDefault();
      mine.draw(pressed);
      return;
    }
    if (mine && !draws && !form.dataset.reached && (noNetwork || Date.now() - heard > LATELY)) {
      event.preventDefault();
      event.stopImmediatePropagation();   // the others are told once it really goes
      mine.probe(pressed);
      return;
    }
    delete form.dataset.reached;
    if (form.dataset.again !== undefined) return;   // it answers with a file, and the page stays
    form.dataset.sending = "1";
    if (!draws) tellSlow(form, pressed);
    setTimeout(function () { if (event.defaultPrevented) mayPress(form); });
    setTimeout(function () { mayPress(form); }, MINUTE);
  }
  /* A signal may be there and carry nothing: a server not heard of lately is asked for a sign of life before the page
     is given up for it. */
  Watched.prototype.probe = function (pressed) {
    var self = this, form = this.form, over = window.AbortController ? new AbortController() : null;
    var timer = over && setTimeout(function () { over.abort(); }, REACHED_IN);
    form.dataset.sending = "1";
    tellSlow(form, pressed);
    ask(words.tokenUrl, over ? { signal: over.signal } : {}).then(function () {
      clearTimeout(timer);
      mayPress(form);
      form.dataset.reached = "1";
      if (form.requestSubmit) { form.requestSubmit(pressed && pressed.form === form ? pressed : undefined); return; }
      delete form.dataset.reached;
      form.dataset.sending = "1";
      sendAsPressed(form, pressed && pressed.name ? [pressed.name, pressed.value] : null);
    }, function () {
      clearTimeout(timer);
      mayPress(form);
      banner();
      if (!holdsFiles(form)) { queue(self, pressed); sendQueued(); }
    });
  };
  /* A row more, or one less: drawn by the server as without a script, and put in place without leaving the page. */
  Watched.prototype.draw = function (pressed) {
    var self = this, form = this.form, press = { name: pressed.name, value: pressed.value };
    if (this.drawing) return;
    this.drawing = true;
    this.stays();
    var before = Array.from(form.querySelectorAll("[name]")).map(function (field) { return field.name; });
    redraw(form, fieldsOf(form), press).then(function () {
      self.drawing = false;
      self.prepare();
      var fresh = Array.from(form.querySelectorAll("input:not([type=hidden]), select, textarea"))
        .filter(function (field) { return field.name && before.indexOf(field.name) < 0; })[0];
      var again = form.querySelector('[name="' + press.name + '"][value="' + press.value + '"]');
      if (document.activeElement === document.body || !document.activeElement) (fresh || again || form).focus();
      self.typed();
    }, function () {   // as without a script
      self.drawing = false;
      self.leaves(true);
      ask(words.tokenUrl).then(function () { sendAsPressed(form, [press.name, press.value]); }, function () { /* the banner says it */ });
    });
  };
  function sendAsPressed(form, press) {
    if (press) form.appendChild(element("input", "", { type: "hidden", name: press[0], value: press[1] }));
    HTMLFormElement.prototype.submit.call(form);
  }
  function holdsFiles(form) {
    return Array.from(form.querySelectorAll("input[type=file]")).some(function (field) { return field.files.length > 0; });
  }
  function tellSlow(form, pressed) {
    var shown = pressed || form.querySelector("button:not(.first):not([type=button])");
    var status = form.querySelector("[data-testid=autosave]") || form.appendChild(
      element("p", "", { "class": "autosave", role: "status", "aria-live": "polite" }));
    if (shown) {
      shown.dataset.said = shown.textContent;
      shown.setAttribute("aria-disabled", "true");
      form.showing = shown;
      form.soon = setTimeout(function () { say(shown, words.sending); }, 300);
    }
    form.slow = setTimeout(function () { say(status, words.slow); }, 5 * SECOND);
  }
  function mayPress(form) {
    delete form.dataset.sending;
    clearTimeout(form.soon);
    clearTimeout(form.slow);
    if (form.showing) {
      form.showing.removeAttribute("aria-disabled");
      say(form.showing, form.showing.dataset.said);
    }
  }

  /* --- waiting for a network ---------------------------------------------------------------------------------------- */

  function queue(mine, pressed) {
    var form = mine.form, row = mine.record(), fields = [];
    fieldsOf(form).forEach(function (pair) { fields.push(pair); });
    Array.from(form.elements).forEach(function (field) {   // the key, and what was answered on the way
      if (field.type === "hidden" && (/^_/.test(field.name) || field.name === "version")) fields.push([field.name, field.value]);
    });
    if (pressed && pressed.name) fields.push([pressed.name, pressed.value]);
    row.key = form.elements._key ? form.elements._key.value : random();
    row.action = form.getAttribute("action");
    row.fields = withoutPrivate(form, fields);
    row.incomplete = row.fields.length !== fields.length;
    row.pressed = pressed && pressed.name ? [pressed.name, pressed.value] : null;
    whole[row.key] = fields;
    put(localStorage, "queue/" + user + "/" + row.key, row);
    form.dataset.sending = "1";
    showWaiting();
    var box = waitingBox(mine);
    box.scrollIntoView({ block: "center", behavior: "instant" });
    box.focus({ preventScroll: true });
  }
  function minutes(row) { return Math.floor((Date.now() - row.at) / MINUTE); }
  function describe(row) {
    if (row.problem) return words.notTaken;
    var text = fill(words.waiting, { minutes: minutes(row) });
    return row.incomplete && !whole[row.key] ? words.incomplete : row.incomplete ? text + " " + words.stay : text;
  }
  function showWaiting() {
    var rows = all("queue"), mine = {};
    watched.forEach(function (one) { mine[one.slot] = one; });
    var list = document.querySelector("[data-waiting-list]");
    if (!list && rows.length && location.pathname === words.todoUrl) {
      list = element("section", "", { "data-waiting-list": "", "class": "waiting" });
      place(list);
    }
    if (list) list.textContent = "";
    rows.forEach(function (row) {
      if (list) list.appendChild(waitingRow(row));
      var here = mine[row.slot];
      if (!here) return;
      var box = waitingBox(here);
      box.textContent = "";
      box.appendChild(element("strong", words.waitingTitle));
      box.appendChild(element("p", describe(row)));
      if (loggedOut) {
        Array.from(document.querySelectorAll(".log-in-again")).forEach(function (note) { note.remove(); });
        box.appendChild(loginNote());
      }
      box.appendChild(button(words.tryNow, sendQueued, true));
    });
  }
  /* Before the form, where the eye is led when it appears: the form's end may lie far below. */
  function waitingBox(mine) {
    if (!mine.box) {
      mine.box = element("div", "", { "class": "notice warning waiting", role: "status", tabindex: "-1" });
      mine.form.insertAdjacentElement("beforebegin", mine.box);
    }
    return mine.box;
  }
  function waitingRow(row) {
    var made = element("div", "", { "class": "card" }), about = made.appendChild(element("div", "", { "class": "about" }));
    about.appendChild(element("p", row.title, { "class": "title" }));
    about.appendChild(element("p", words.waitingTitle + " · " + describe(row), { "class": "line" }));
    made.appendChild(element("a", words.open, { href: row.address + "?draft=" + encodeURIComponent(row.slot), "class": "button second" }));
    return made;
  }
  var busy = false;
  function sendQueued() {
    var rows = all("queue").filter(function (row) { return !row.problem && (!row.incomplete || whole[row.key]); });
    if (!rows.length || busy || navigator.onLine === false) { showWaiting(); return; }
    busy = true;
    freshToken().then(function () {
      return rows.reverse().reduce(function (before, row) {
        return before.then(function () { return sendOne(row); });
      }, Promise.resolve());
    }).catch(function () { /* tried again in half a minute */ }).then(function () { busy = false; showWaiting(); });
  }
  function sendOne(row) {
    var body = new URLSearchParams(whole[row.key] || row.fields);
    body.set("csrf_token", token);
    return ask(row.action, { method: "POST", body: body, headers: { "X-Queued": "1" } }).then(function (answer) {
      var here = watched.filter(function (one) { return one.slot === row.slot && one.form.isConnected; })[0];
      if (answer.status === 204) return arrived(row, answer.headers.get("X-Location"), here);
      if (answer.status === 401) { askLogin(); throw new Error("logged out"); }
      if (answer.status >= 500 || answer.status === 400) return null;
      drop(localStorage, row.at_key);
      if (here) {   // the page itself shows what is to be mended
        here.form.elements.csrf_token.value = token;
        sendAsPressed(here.form, row.pressed);
        return null;
      }
      row.problem = true;
      put(localStorage, row.at_key, row);
      return null;
    });
  }
  function arrived(row, address, here) {
    drop(localStorage, row.at_key);
    drop(localStorage, draftKey(row.slot));
    if (here) { here.gone = true; drop(sessionStorage, here.mark); location.assign(address); }
    else if (location.pathname === words.todoUrl) location.reload();
  }

  /* --- leaving a shared computer ------------------------------------------------------------------------------------- */

  function askBeforeLogout(event) {
    var kept = all("draft").concat(all("queue")), form = event.target;
    if (!user || !kept.length) return;
    event.preventDefault();
    if (document.querySelector(".before-logout")) return;
    var box = element("div", "", { "class": "notice warning before-logout", role: "alertdialog", tabindex: "-1",
      "aria-label": words.beforeLogout });
    function leave(wipe) {
      if (wipe) kept.forEach(function (row) { drop(localStorage, row.at_key); });
      form.dataset.asked = "1";
      if (form.requestSubmit) form.requestSubmit(); else form.submit();
    }
    box.appendChild(element("p", fill(words.beforeLogout, { count: kept.length, device: phone ? words.phone : words.computer })));
    box.appendChild(button(words.wipeAndLeave, function () { leave(true); }));
    box.appendChild(button(words.keepAndLeave, function () { leave(false); }, true));
    box.appendChild(button(words.stayHere, function () { box.remove(); }, true));
    place(box);
    box.focus();
  }

  /* --- the list of drafts shows also those that only this device has --------------------------------------------------- */

  function showHere() {
    var spot = document.querySelector("[data-drafts-here]");
    if (!spot) return;
    all("draft").filter(function (row) { return !document.querySelector('[data-slot="' + row.slot + '"]'); })
      .forEach(function (row) {
        var card = waitingRow(row);
        card.querySelector(".line").textContent = fill(words.onlyHere, { time: clock(row.at) });
        card.appendChild(button(words.remove, function () { drop(localStorage, row.at_key); card.remove(); }, true));
        spot.appendChild(card);
      });
  }

  /* --- beginning ------------------------------------------------------------------------------------------------------- */

  function clearSent() {
    var slot = cookie("sent");
    if (!slot) return;
    document.cookie = "sent=; Max-Age=0; path=/; SameSite=Lax";
    drop(localStorage, draftKey(slot));
    all("queue").forEach(function (row) { if (row.slot === slot) drop(localStorage, row.at_key); });
    try {
      Object.keys(sessionStorage).forEach(function (key) {
        var tab = /^page\//.test(key) && recall(sessionStorage, key);
        if (tab && tab.slot === slot) put(sessionStorage, key, { sent: tab.sent });
      });
    } catch (error) { /* no memory */ }
  }

  forgetOld();
  clearSent();
  Array.from(document.querySelectorAll("form[data-draft]")).forEach(function (form) { watched.push(new Watched(form)); });
  watched.forEach(function (one) {
    ["input", "change"].forEach(function (kind) { one.form.addEventListener(kind, function () { one.typed(); }); });
    one.form.addEventListener("focusout", function () { one.save(); });
    one.begin();
  });
  banner();
  ["change", "photos:chosen"].forEach(function (kind) {
    document.addEventListener(kind, function () { if (noNetwork) setTimeout(banner); });
  });
  document.addEventListener("draft:save", function () {   // Alt+S
    watched.forEach(function (one) {
      one.save(true);
      if (one.onDevice === false || !one.touched()) return;
      say(one.status, fill(words.saved, { time: clock(Date.now()) }));
      one.status.classList.add("now");
      setTimeout(function () { one.status.classList.remove("now"); }, 4 * SECOND);
    });
  });
  document.addEventListener("todo:shown", function () { banner(); showWaiting(); });
  document.addEventListener("submit", onSubmit, true);   // before anybody else counts it as sent
  window.addEventListener("online", function () {
    isDown(false);
    sendQueued();
    watched.forEach(function (one) { one.toServer(true); });
  });
  window.addEventListener("offline", function () {
    isDown(true);
    watched.forEach(function (one) { one.save(); });
  });
  window.addEventListener("pagehide", function () {
    watched.forEach(function (one) { if (!one.form.dataset.sending) one.save(true, true); });
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      clearSent();
      Array.from(document.forms).forEach(mayPress);
      sendQueued();
    }
  });
  setInterval(function () {
    if (noNetwork && navigator.onLine !== false) ask(words.tokenUrl).catch(function () { /* still none */ });
    sendQueued();
  }, RETRY_EVERY);
  showWaiting();
  showHere();
  sendQueued();
  document.documentElement.dataset.net = "ready";
}());
