/* Photographs of a form marked data-photos are made smaller on the device.  What the camera wrote into the file (place,
   time) is gone, because the picture is drawn anew.  With data-photos="each" they are sent one at a time, each with its
   own line of progress and a button to try again.  Without this script the form sends them as they are. */
(function () {
  "use strict";
  var net = document.getElementById("net");
  var forms = document.querySelectorAll("form[data-photos]");
  if (!net || !forms.length || !window.FormData || !HTMLCanvasElement.prototype.toBlob) return;
  var words = net.dataset;
  var LONGEST = 1600, LARGEST = 500 * 1024, RETRY_EVERY = 30000;

  function fill(text, facts) {
    return (text || "").replace(/\{(\w+)\}/g, function (_, name) { return facts[name]; });
  }
  function random() {
    var bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    return Array.from(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  function open(file) {
    if (window.createImageBitmap) {
      return createImageBitmap(file, { imageOrientation: "from-image" }).catch(function () { return openAsImage(file); });
    }
    return openAsImage(file);
  }
  function openAsImage(file) {
    return new Promise(function (done, fail) {
      var address = URL.createObjectURL(file), image = new Image();
      image.onload = function () { URL.revokeObjectURL(address); done(image); };
      image.onerror = function () { URL.revokeObjectURL(address); fail(new Error("no picture")); };
      image.src = address;
    });
  }
  function draw(picture, scale, quality) {
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    var pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", quality); });
  }
  /* At most 1600 pixels and 500 KB: first less quality, then fewer pixels. */
  function shrink(file) {
    if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return Promise.resolve(file);
    return open(file).then(function (picture) {
      var scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      var steps = [[1, 0.85], [1, 0.7], [1, 0.55], [0.8, 0.6], [0.6, 0.6], [0.45, 0.55], [0.3, 0.5]];
      function attempt(at) {
        return draw(picture, scale * steps[at][0], steps[at][1]).then(function (blob) {
          if (!blob) throw new Error("no picture");
          if (blob.size > LARGEST && at + 1 < steps.length) return attempt(at + 1);
          return blob;
        });
      }
      return attempt(0).then(function (blob) {
        if (picture.close) picture.close();
        var name = file.name.replace(/\.[A-Za-z0-9]+$/, "") + ".jpg";
        try { return new File([blob], name, { type: "image/jpeg" }); } catch (error) { blob.name = name; return blob; }
      });
    }).catch(function () { return file; });   // not a picture this browser can open: the server says what is wrong
  }

  function Sending(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.list = document.createElement("ol");
    this.list.className = "photos";
    this.list.setAttribute("aria-live", "polite");
    this.rows = [];
    this.busy = false;
    this.input.closest(".field").appendChild(this.list);
  }
  Sending.prototype.choose = function () {
    var self = this;
    Array.from(this.input.files).forEach(function (file) { self.add(file); });
    this.input.value = "";
    this.next();
  };
  Sending.prototype.retry = function (lost) {
    var self = this;
    this.rows.forEach(function (row) {
      if (row.state === "failed" && (!lost || row.lost)) row.state = row.small ? "ready" : "waits";
      if (row.state === "waits" || row.state === "ready") self.tell(row);
    });
    this.next();
  };
  Sending.prototype.add = function (file) {
    var row = { file: file, key: random(), state: "waits", line: document.createElement("li") };
    row.text = row.line.appendChild(document.createElement("span"));
    row.bar = row.line.appendChild(document.createElement("progress"));
    row.bar.max = 100;
    row.bar.value = 0;
    row.bar.setAttribute("aria-label", file.name);
    this.rows.push(row);
    this.list.appendChild(row.line);
    this.tell(row);
    this.form.dataset.chosen = String(this.rows.length);
    this.form.dispatchEvent(new CustomEvent("photos:chosen", { bubbles: true }));
  };
  Sending.prototype.tell = function (row, why) {
    var facts = { place: this.rows.indexOf(row) + 1, count: this.rows.length, name: row.file.name, why: why || "" };
    var said = { waits: words.photoWaits, ready: words.photoReady, shrinks: words.photoShrinks, sends: words.photoSends, done: words.photoDone,
      failed: words.photoFailed };
    row.text.textContent = fill(said[row.state === "ready" && this.pressed ? "waits" : row.state], facts);
    row.line.className = row.state;
    row.bar.hidden = row.state !== "sends";
    var again = row.line.querySelector("button");
    if (again) again.remove();
    if (row.state === "failed") this.offer(row);
  };
  Sending.prototype.offer = function (row) {
    var self = this, again = document.createElement("button");
    again.type = "button";
    again.className = "second";
    again.textContent = words.photoAgain;
    again.addEventListener("click", function () { row.state = "waits"; self.tell(row); self.pressed = true; self.next(); });
    row.line.appendChild(again);
  };
  Sending.prototype.next = function () {
    var self = this;
    function first(state) { return self.rows.filter(function (one) { return one.state === state; })[0]; }
    var row = first("waits") || (this.pressed && first("ready"));
    if (this.busy || (row && row.state === "ready" && navigator.onLine === false)) return;   // sent when the network is back
    if (!row) { if (this.pressed) this.finish(); return; }
    this.busy = true;
    var sends = row.state === "ready";
    row.state = sends ? "sends" : "shrinks";
    this.tell(row);
    (sends ? this.send(row, row.small) : shrink(row.file).then(function (small) { row.small = small; }))
      .then(function () { row.state = sends ? "done" : "ready"; self.tell(row); },
        function (error) { row.state = "failed"; row.lost = !!error.lost; self.tell(row, error.message); })
      .then(function () { self.busy = false; self.next(); });
  };
  Sending.prototype.send = function (row, small) {
    var self = this;
    var body = new FormData();
    Array.from(this.form.elements).forEach(function (field) {
      if (!field.name || field.type === "file" || field.type === "submit") return;
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) return;
      body.append(field.name, field.name === "_key" ? row.key : field.value);
    });
    body.append(this.input.name, small, small.name || row.file.name);
    return new Promise(function (done, fail) {
      var request = new XMLHttpRequest();
      request.open("POST", self.form.getAttribute("action"));
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = function (event) { if (event.lengthComputable) row.bar.value = 100 * event.loaded / event.total; };
      request.onerror = function () { fail(Object.assign(new Error(words.photoOffline), { lost: true })); };
      request.onload = function () {
        if (request.status === 200) { done(); return; }
        var why = words.photoRefused;
        try { why = JSON.parse(request.responseText).errors[0].message; } catch (error) { /* a page, not an answer for scripts */ }
        if (request.status === 401) why = words.logIn;
        fail(new Error(why));
      };
      request.send(body);
    });
  };
  /* Everything is there: the page that lists the files is drawn anew, unless somebody is still mending one. */
  Sending.prototype.finish = function () {
    var sent = this.rows.filter(function (one) { return one.state === "done"; });
    this.form.dispatchEvent(new CustomEvent("photos:done", { bubbles: true, detail: sent.length }));
    this.pressed = sent.length < this.rows.length;
    if (sent.length && !this.pressed) location.reload();
  };

  /* One at a time, when the person presses: what is chosen is listed, made smaller and then sent. */
  function sendEach(form) {
    var sending = new Sending(form);
    sending.input.addEventListener("change", function () { sending.choose(); });
    form.addEventListener("submit", function (event) {
      if (event.defaultPrevented || !sending.rows.length || sending.input.files.length) return;
      event.preventDefault();
      sending.pressed = true;
      sending.retry();
    });
    window.addEventListener("online", function () { if (sending.pressed) sending.retry(true); });
    setInterval(function () {   // a weak signal comes back without a word
      if (sending.pressed && sending.rows.some(function (row) { return row.state === "failed" && row.lost; })) sending.retry(true);
    }, RETRY_EVERY);
    window.addEventListener("beforeunload", function (event) {
      if (sending.pressed && sending.rows.some(function (row) { return row.state !== "done" && (row.state !== "failed" || row.lost); })) { event.preventDefault(); event.returnValue = ""; }
    });
  }

  /* With the rest of the form: what was chosen is replaced by its smaller copy, and the form is sent as ever. */
  function sendSmaller(form, input) {
    var turn = 0;
    input.addEventListener("change", function () {
      var mine = turn += 1, chosen = Array.from(input.files);
      if (!window.DataTransfer || !chosen.length) return;
      chosen.reduce(function (before, file) {
        return before.then(function (done) { return shrink(file).then(function (small) { return done.concat(small); }); });
      }, Promise.resolve([])).then(function (files) {
        if (mine !== turn || form.dataset.sending) return;
        var carrier = new DataTransfer();
        files.forEach(function (file) { carrier.items.add(file); });
        input.files = carrier.files;
        form.dataset.shrunk = String(files.length);
      }).catch(function () { /* the files go as they are */ });
    });
  }

  Array.from(forms).forEach(function (form) {
    if (!form.querySelector("input[type=file]")) return;
    if (form.dataset.photos === "each") { sendEach(form); return; }
    form.querySelectorAll("input[type=file]").forEach(function (input) { sendSmaller(form, input); });
  });
}());
