/* Numbers shown in full are masked again after half a minute; without scripts the page goes back by itself. */
(function () {
  "use strict";
  var box = document.querySelector("[data-masks-again]");
  if (!box) { return; }
  window.setTimeout(function () {
    box.querySelectorAll("[data-masked]").forEach(function (number) { number.textContent = number.dataset.masked; });
    box.querySelectorAll("a[href^='tel:']").forEach(function (link) { link.remove(); });
    box.querySelector("form").hidden = false;
  }, Number(box.dataset.masksAgain) * 1000);
})();
