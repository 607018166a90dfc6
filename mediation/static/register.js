/* The registration page: chips by type, the sentence that writes itself, one more side, the danger's facts. */
(function () {
  "use strict";
  var form = document.querySelector("[data-register]");
  if (!form) { return; }
  var chips = JSON.parse(form.dataset.chips), wants = JSON.parse(form.dataset.wants);
  function facts() { return form.elements.facts; } // looked up each time: a redrawn form has new fields
  var own = facts().value !== "" && facts().value !== sentence(); // written by hand: left alone from then on

  var pressed = 0;
  form.addEventListener("pointerdown", function () { pressed = Date.now(); });

  function chosen(name) {
    return Array.prototype.slice.call(form.querySelectorAll('input[name="' + name + '"]:checked'));
  }
  function sides() {
    return Array.prototype.slice.call(form.querySelectorAll("[data-side]"));
  }
  function roleOf(side) {
    var fixed = side.querySelector('input[type=hidden][name$="-role"]');
    var picked = side.querySelector('input[type=radio][name$="-role"]:checked');
    return fixed ? fixed.value : picked ? picked.value : "respondent";
  }
  function names(first) {
    return sides().filter(function (side) { return (roleOf(side) === "applicant") === first; })
      .map(function (side) { return side.querySelector('input[name$="-name"]').value.trim(); })
      .filter(Boolean).join("、");
  }
  function sentence() {
    var type = (chosen("dispute_type")[0] || {}).value, table = chips[type] || [];
    var causes = chosen("causes[]").map(function (input) {
      var row = table.filter(function (one) { return one[0] === input.value; })[0];
      return row ? row[2] : "";
    }).filter(Boolean).join("、");
    if (!causes) { return ""; }
    var a = names(true) || "申请人", b = names(false) || "对方";
    var wanted = chosen("wants[]").filter(function (input) { return input.value !== "other"; })
      .map(function (input) { return wants[input.value]; }).join("、");
    return a + "与" + b + "因" + causes + "发生争执" + (wanted ? "，" + a + "要求" + wanted + "。" : "。");
  }
  function write() {
    if (own) { return; }
    var text = sentence();
    if (facts().value !== text) { facts().value = text; }
  }

  function showCauses(type) {
    var table = chips[type] || [], box = form.querySelector("[data-causes]");
    box.textContent = "";
    var set = document.createElement("fieldset");
    set.className = "field chips-set"; set.id = "causes"; set.tabIndex = -1; set.dataset.digits = "";
    var legend = document.createElement("legend");
    legend.textContent = form.dataset.causesHint;
    set.appendChild(legend);
    var row = document.createElement("div");
    row.className = "chips";
    table.forEach(function (one, place) {
      var chip = document.createElement("label"), input = document.createElement("input"), text = document.createElement("span");
      chip.className = "chip";
      input.type = "checkbox"; input.name = "causes[]"; input.value = one[0]; input.id = "causes--" + (place + 1);
      chip.htmlFor = input.id; text.textContent = one[1];
      chip.appendChild(input); chip.appendChild(text); row.appendChild(chip);
    });
    set.appendChild(row); box.appendChild(set);
  }

  function showUrgent() {
    var yes = (chosen("danger")[0] || {}).value === "yes";
    form.querySelector("[data-urgent]").hidden = !yes;
    if (!yes) { chosen("dangers[]").forEach(function (input) { input.checked = false; }); }
  }
  function sayButton() {
    var button = form.querySelector("[data-primary]");
    button.textContent = (chosen("willing")[0] || {}).value === "yes" ? button.dataset.accept : button.dataset.file;
  }

  form.addEventListener("change", function (event) {
    var name = event.target.name;
    if (name === "dispute_type") {
      showCauses(event.target.value);
      var first = form.elements["parties-0-name"];
      if (!first.value && Date.now() - pressed < 800) { first.focus(); } // a finger, not the arrow keys
    }
    if (name === "danger") { showUrgent(); }
    if (name === "willing") { sayButton(); }
    write();
  });
  form.addEventListener("input", function (event) {
    if (event.target === facts()) { own = facts().value.trim() !== "" && facts().value !== sentence(); return; }
    write();
  });

  // One more side, without asking the server: it works where there is no network.
  var blank = document.querySelector("[data-side-template]");
  function rename(side, place) {
    var title = blank.dataset.title, now = title.replace(blank.dataset.no, String(place + 1));
    side.querySelectorAll("*").forEach(function (part) {
      ["name", "id", "htmlFor"].forEach(function (key) {
        if (part[key]) { part[key] = part[key].replace(/^parties-\d+-/, "parties-" + place + "-"); }
      });
      part.childNodes.forEach(function (node) {
        if (node.nodeType === 3 && side.dataset.title) { node.data = node.data.replace(side.dataset.title, now); }
      });
    });
    side.dataset.title = now;
    var remove = side.querySelector("[data-remove-side]");
    if (remove) { remove.value = String(place); }
  }
  document.addEventListener("click", function (event) {
    var add = event.target.closest("[data-add-side]"), remove = event.target.closest("[data-remove-side]");
    if (!add && !remove) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (remove) {
      remove.closest("[data-side]").remove();
      sides().slice(2).forEach(function (side, place) { rename(side, place + 2); });
      write();
      return;
    }
    var all = sides(), side = blank.content.firstElementChild.cloneNode(true);
    all[all.length - 1].insertAdjacentElement("afterend", side);
    rename(side, all.length);
    side.querySelector('input[name$="-name"]').focus();
  }, true);
  form.addEventListener("draft:redrawn", function () { showUrgent(); sayButton(); write(); });

  // With a keyboard one begins at once; on a phone nothing may spring open.
  if (!document.getElementById("summary") && !document.querySelector(".doubt") && window.matchMedia("(pointer: fine)").matches) {
    (chosen("dispute_type")[0] || form.elements.dispute_type[0]).focus({ preventScroll: true });
  }
  form.dataset.ready = "";
  showUrgent(); sayButton(); write();
})();
