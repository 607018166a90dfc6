/* Five minutes before a login ends the page says so and offers to go on. Nothing is lost either way: what was typed is kept. */
(function () {
  "use strict";
  var box = document.getElementById("session-end");
  if (!box || !window.fetch) { return; }
  var BEFORE = 300, text = box.querySelector("p"), button = box.querySelector("button"), timer = null;

  function later(seconds) {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, Math.max(5, Math.min(seconds, 86400)) * 1000);
  }
  function ask() {
    window.fetch(box.dataset.url, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.json(); })
      .then(show)
      .catch(function () { later(60); }); // offline: asked again
  }
  function show(said) {
    if (said.left > BEFORE) { box.hidden = true; later(said.left - BEFORE); return; }
    var words = said.left <= 0 ? box.dataset.gone : said.can_stay ? box.dataset.stay : box.dataset.over;
    if (text.textContent !== words) { text.textContent = words; }
    button.hidden = said.left <= 0 || !said.can_stay;
    box.hidden = false;
    if (said.left > 0) { later(Math.min(said.left + 1, 30)); }
  }
  button.addEventListener("click", function () {
    window.fetch(box.dataset.tokenUrl, { credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(function (said) {
        return window.fetch(box.dataset.url, { method: "POST", credentials: "same-origin",
          headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
          body: "csrf_token=" + encodeURIComponent(said.token) });
      })
      .then(function (answer) { if (!answer.ok) { throw new Error(String(answer.status)); } return answer.json(); })
      .then(show)
      .catch(ask);
  });
  later(60); // whoever has just opened a page has been seen
})();
