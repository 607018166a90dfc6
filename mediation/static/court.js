/* The court's pages work without this; with it: papers open beside the checks, keys decide, the bar counts. */
(function () {
  "use strict";
  var frame = document.querySelector("iframe[data-first]");
  var tabs = Array.prototype.slice.call(document.querySelectorAll("[data-tab]"));

  function wide() { return frame && window.getComputedStyle(frame).display !== "none"; }

  function openTab(tab) {
    tabs.forEach(function (other) { other.removeAttribute("aria-current"); });
    tab.setAttribute("aria-current", "true");
    if (wide()) { show(tab.href); }
  }

  /* The browser's PDF viewer takes the keyboard as it opens; the keys of this page must go on working. */
  function show(url) {
    frame.src = url + "#toolbar=0&navpanes=0&view=FitH";
  }
  function back() { if (document.activeElement === frame) { frame.blur(); } window.focus(); }
  if (wide()) {
    frame.addEventListener("load", function () { back(); window.setTimeout(back, 400); });
    show(frame.dataset.first);
  }
  tabs.forEach(function (tab) {
    tab.addEventListener("click", function (event) {
      if (!wide()) { tab.target = "_blank"; tab.rel = "noopener"; return; }
      event.preventDefault();
      openTab(tab);
    });
  });

  document.addEventListener("keydown", function (event) {
    var typing = /^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox";
    if (typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var key = event.key.toLowerCase();
    if (/^[1-9]$/.test(key)) {
      var tab = tabs[Number(key) - 1];
      if (tab) { event.preventDefault(); openTab(tab); }
      return;
    }
    var meant = document.querySelector('[data-key="' + (/^[jkpr]$/.test(key) ? key : "-") + '"]');
    if (meant) { event.preventDefault(); meant.click(); }
  });

  var preview = document.querySelector("[data-preview]");
  if (preview) {
    var box = preview.querySelector("[data-preview-box]");
    var say = function () {
      var list = box.querySelector("[data-preview-list]");
      var chosen = Array.prototype.slice.call(preview.querySelectorAll('[name="reasons[]"]:checked'));
      list.textContent = "";
      chosen.forEach(function (one) {
        var item = document.createElement("li");
        item.textContent = preview.querySelector('label[for="' + one.id + '"]').textContent;
        list.appendChild(item);
      });
      var text = preview.querySelector('[name="reason"]').value.trim();
      if (text) { var more = document.createElement("li"); more.textContent = text; list.appendChild(more); }
      box.querySelector("[data-preview-head]").textContent =
        preview.dataset.preview.replace("{day}", preview.querySelector('[name="until"]').value || "…");
      box.hidden = !chosen.length && !text;
    };
    preview.addEventListener("input", say);
    preview.addEventListener("change", say);
    say();
  }

  var batch = document.querySelector("[data-batch]");
  if (batch) {
    var boxes = Array.prototype.slice.call(batch.querySelectorAll('[name="case"]'));
    var all = batch.querySelector("[data-all]");
    var count = batch.querySelector("[data-count]");
    var tell = function () {
      var chosen = boxes.filter(function (one) { return one.checked; }).length;
      var most = Number(batch.dataset.most);
      count.textContent = !chosen ? batch.dataset.none
        : (chosen > most ? batch.dataset.tooMany.replace("{most}", most) : batch.dataset.chosen)
          .replace("{chosen}", chosen).replace("{count}", chosen);
      count.classList.toggle("wrong", chosen > most);
      all.checked = chosen === boxes.length;
    };
    all.hidden = false;
    all.addEventListener("change", function () {
      boxes.forEach(function (one) { one.checked = all.checked; });
      tell();
    });
    batch.addEventListener("change", tell);
    tell();
  }

  var progress = document.querySelector("[data-progress]");
  if (progress) {
    var ask = function () {
      fetch(progress.dataset.progress, { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.json() : null; })
        .then(function (found) {
          if (!found) { return; }
          if (found.state !== "waiting" && found.state !== "running") { window.location.reload(); return; }
          progress.querySelector("[data-words]").textContent = found.words;
          progress.querySelector("progress").value = found.done;
          window.setTimeout(ask, 1500);
        })
        .catch(function () { window.setTimeout(ask, 4000); });
    };
    window.setTimeout(ask, 1000);
  }
})();
