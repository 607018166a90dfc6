/* What a chosen chip brings with it: the field that belongs to it, and where the button leads. */
(function () {
  "use strict";
  function show() {
    document.querySelectorAll("[data-shown-with]").forEach(function (part) {
      var chip = document.getElementsByName(part.dataset.shownWith);
      part.hidden = !Array.prototype.some.call(chip, function (one) { return one.checked && one.value === part.dataset.shownFor; });
    });
    document.querySelectorAll("[data-leads]").forEach(function (button) {
      var chosen = button.form.querySelector("input[name='" + button.dataset.leadsBy + "']:checked");
      button.textContent = (chosen && JSON.parse(button.dataset.leads)[chosen.value]) || button.dataset.plain;
    });
  }
  document.addEventListener("change", show);
  document.addEventListener("draft:redrawn", show);
  window.addEventListener("pageshow", show); // a browser that comes back fills in what was chosen
  show();
})();
