/* The mediator's own pages: capitals while one types, dates from chips, what a clause says so far.  All of it works
   without a script too: the server computes the same when the page is sent.  No syntax newer than Chromium 86. */
(function () {
  "use strict";
  var DIGITS = "零壹贰叁肆伍陆柒捌玖", PLACES = ["", "拾", "佰", "仟"], GROUPS = ["", "万", "亿"];

  function half(text) {
    return text.replace(/[０-９．，]/g, function (c) {
      return c === "．" ? "." : c === "，" ? "," : String.fromCharCode(c.charCodeAt(0) - 0xFEE0);
    });
  }

  // 3500.50 → 叁仟伍佰元伍角整, as the papers spell it.
  function spell(typed) {
    var plain = half(typed).replace(/[,\s元¥]/g, "");
    if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) { return ""; }
    var parts = plain.split("."), whole = String(parseInt(parts[0], 10)), cents = ((parts[1] || "") + "00").slice(0, 2);
    var said = "", zero = false;
    for (var i = 0; i < whole.length; i++) {
      var left = whole.length - 1 - i, digit = Number(whole[i]);
      if (digit) { said += (zero ? "零" : "") + DIGITS[digit] + PLACES[left % 4]; zero = false; } else { zero = said !== ""; }
      if (left % 4 === 0 && left > 0) {
        var group = whole.slice(Math.max(0, i - 3), i + 1);
        if (Number(group)) { said += GROUPS[left / 4]; }
      }
    }
    said = said ? said + "元" : "";
    var jiao = Number(cents[0]), fen = Number(cents[1]);
    if (jiao) { said += DIGITS[jiao] + "角"; } else if (fen && said) { said += "零"; }
    if (fen) { said += DIGITS[fen] + "分"; }
    return said ? said + (fen ? "" : "整") : "零元整";
  }

  document.querySelectorAll("[data-capitals]").forEach(function (place) {
    var field = document.getElementById(place.dataset.capitals);
    if (field) { field.addEventListener("input", function () { place.textContent = spell(field.value); }); }
  });

  // The last place of an identity number is computed from the others (GB 11643): where it is wrong, nothing is recognised.
  function checks(number) {
    var sum = 0;
    for (var i = 0; i < 17; i++) { sum += Number(number[i]) * (Math.pow(2, 17 - i) % 11); }
    return "10X98765432"[sum % 11] === number[17].toUpperCase().replace("Ｘ", "X");
  }

  // An identity number says who somebody is: sex, birth and age.
  function recognise(place) {
    var field = document.getElementById(place.dataset.derived);
    if (!field) { return; }
    if (place.dataset.before === undefined) { place.dataset.before = place.textContent; }
    var number = half(field.value).replace(/\s/g, ""), young = document.getElementById(place.dataset.young);
    if (young && young.dataset.before === undefined) { young.dataset.before = young.hidden ? "" : young.firstElementChild.textContent; }
    function tellYoung(text) {
      if (!young) { return; }
      young.hidden = !text;
      var fold = document.getElementById(young.id.replace("young", "guardians"));
      if (text && fold) { fold.open = true; }
      if (young.firstElementChild.textContent !== text) { young.firstElementChild.textContent = text; }
    }
    var found = /^\d{6}(\d{4})(\d{2})(\d{2})\d\d(\d)[\dXxＸ]$/.exec(number);
    if (!found || !checks(number)) {
      place.textContent = number ? "" : place.dataset.before;
      tellYoung(number ? "" : young ? young.dataset.before : "");
      return;
    }
    var now = new Date(), age = now.getFullYear() - Number(found[1]);
    if (now.getMonth() + 1 < Number(found[2]) || (now.getMonth() + 1 === Number(found[2]) && now.getDate() < Number(found[3]))) { age -= 1; }
    place.textContent = place.dataset.words.replace("{gender}", Number(found[4]) % 2 ? place.dataset.male : place.dataset.female)
      .replace("{year}", found[1]).replace("{month}", String(Number(found[2]))).replace("{age}", String(age));
    var guardian = young && document.getElementById(young.id.replace("young", "guardians-0-name"));
    tellYoung(age < Number(place.dataset.adult) && !(guardian && guardian.value) ? young.dataset.words.replace("{age}", String(age)) : "");
  }
  function recogniseAll() { document.querySelectorAll("[data-derived]").forEach(recognise); }
  document.addEventListener("input", function (event) {
    var place = event.target.id && document.querySelector("[data-derived='" + event.target.id + "']");
    if (place) { recognise(place); }
  });
  document.addEventListener("draft:redrawn", recogniseAll);   // a form that was drawn again has new fields
  recogniseAll();

  // A chip sets the date, a date sets the chip.
  var form = document.getElementById("agreement-form");
  document.querySelectorAll("[data-days]").forEach(function (set) {
    var field = document.getElementById(set.dataset.days);
    function show() { var on = set.querySelector("input[type=radio]:checked"); set.dataset.chosen = on ? on.value : ""; }
    set.addEventListener("change", function (event) {
      var chip = event.target;
      if (chip.type === "date") {
        var date = set.querySelector("input[value=date]");
        if (date) { date.checked = true; }
      } else if (/^\d+$/.test(chip.value) && form && form.dataset.today) {
        var day = new Date(form.dataset.today + "T12:00:00");
        day.setDate(day.getDate() + Number(chip.value));
        field.value = day.toISOString().slice(0, 10);
      } else if (chip.value === "date") {
        field.focus();
      }
      show();
    });
    show();
  });

  // Some chips make another kind of promise of a clause: the server draws it, and the page goes on at its first field.
  if (form) {
    form.addEventListener("change", function (event) {
      var chip = event.target;
      if (!chip.dataset.turn || !chip.checked || form.dataset.pouring) { return; }
      var press = document.createElement("button");
      press.name = "_turn"; press.value = chip.dataset.turn; press.hidden = true;
      press.setAttribute("formaction", chip.dataset.then);
      form.appendChild(press);
      press.click();
      press.remove();
    });
  }

  // How several payers owe is asked where there are several; a clause for each is offered to those who pay their own share.
  function showSeveral() {
    document.querySelectorAll("[data-several]").forEach(function (box) {
      var count = 0;
      form.querySelectorAll("[name='" + box.dataset.several + "']:checked").forEach(function (chip) {
        count += chip.value.charAt(0) === "@" ? 2 : 1;   // a whole side
      });
      box.hidden = count < 2;
      box.querySelector("[data-own]").hidden = !box.querySelector("input[value=false]:checked");
    });
  }
  if (form) { form.addEventListener("change", showSeveral); showSeveral(); }

  // What the clauses say so far, asked of the server that will write them.
  if (form && form.dataset.preview && window.fetch) {
    var waiting = 0, asked = 0;
    form.addEventListener("input", later);
    form.addEventListener("change", later);
  }
  function later() { clearTimeout(waiting); waiting = setTimeout(ask, 400); }
  function ask() {
    var mine = asked += 1;
    fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (said) { if (said && mine === asked) { said.clauses.forEach(tell); } })
      .catch(function () { return null; });
  }
  function tell(one, place) {
    var sentence = form.querySelector("[data-sentence='" + place + "']"), vague = form.querySelector("[data-vague='" + place + "']");
    if (sentence) {
      var words = document.getElementById("clauses-" + place + "-words"), kept = form.querySelector("[data-words-for='" + place + "']");
      if (words && kept && !one.reworded) { words.value = one.sentence; kept.value = one.sentence; }
      sentence.textContent = one.sentence;
    }
    if (!vague) { return; }
    vague.textContent = "";
    one.vague.forEach(function (word) {
      var line = document.createElement("li");
      line.textContent = "“" + word.word + "” " + word.why + " " + word.proposal;
      vague.appendChild(line);
    });
  }

  // The number of originals follows the answer about the court until somebody sets another.
  var box = document.querySelector("[data-copies]");
  if (box) {
    var computed = JSON.parse(box.dataset.copies), count = box.querySelector("input");
    document.querySelectorAll("input[name=court_choice]").forEach(function (chip) {
      chip.addEventListener("change", function () { if (!box.dataset.touched) { count.value = computed[chip.value]; } });
    });
    count.addEventListener("input", function () { box.dataset.touched = "1"; });
  }

  // A phrase goes into the box it belongs to, where it can be changed.
  document.querySelectorAll("[data-phrases]").forEach(function (row) {
    var field = document.getElementById(row.dataset.phrases);
    row.querySelectorAll("button").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        field.value += (field.value && !/[。；，]$/.test(field.value) ? "，" : "") + button.textContent;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
    });
  });

  // The words of a notice while the time and the place are chosen.
  var meeting = document.querySelector("[data-notice]");
  if (meeting && window.fetch) {
    var words = meeting.querySelector("[data-notice-text]"), clashes = meeting.querySelector("[data-clashes]"), wait = 0;
    meeting.elements.offered.remove(); // chips and fields are kept together from here on
    meeting.addEventListener("change", function (event) {
      if ((event.target.name === "date" || event.target.name === "time") && event.isTrusted) {
        meeting.querySelector("input[name=when][value=date]").checked = true;
      }
      clearTimeout(wait);
      wait = setTimeout(function () {
        fetch(meeting.dataset.notice, { method: "POST", body: new URLSearchParams(new FormData(meeting)), credentials: "same-origin" })
          .then(function (answer) { return answer.ok ? answer.json() : null; })
          .then(function (said) {
            if (!said) { return; }
            words.textContent = said.text;
            meeting.querySelector("[data-free]").textContent = said.free;
            clashes.textContent = "";
            said.clashes.forEach(function (text) {
              var line = document.createElement("p");
              line.className = "notice warning"; line.textContent = text;
              clashes.appendChild(line);
            });
          }).catch(function () { return null; });
      }, 200);
    });
  }
})();
