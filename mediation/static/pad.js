/* A place to sign.  Strokes are kept as points in parts of the pad's width, and drawn again whenever the screen turns
   or changes its size: turning a phone must not wipe out a name. */
(function () {
  "use strict";
  var pad = document.querySelector("[data-pad]");
  if (!pad) { return; }
  var form = pad.closest("form"), field = form.elements.strokes, empty = form.querySelector("[data-empty]");
  var pen = pad.getContext("2d"), strokes = [], line = null;
  try { strokes = JSON.parse(field.value || "[]"); } catch (error) { strokes = []; }

  function draw() {
    var scale = window.devicePixelRatio || 1, box = pad.getBoundingClientRect();
    pad.width = Math.round(box.width * scale);
    pad.height = Math.round(box.height * scale);
    // Drawn to the smaller of both fits, so that nothing of the name leaves the pad.
    var reach = strokes.reduce(function (most, stroke) {
      return stroke.reduce(function (far, point) { return Math.max(far, point[1]); }, most);
    }, 0);
    var size = Math.min(pad.width, reach ? pad.height * 0.98 / reach : pad.width);
    pen.lineWidth = 3 * scale; pen.lineCap = "round"; pen.lineJoin = "round"; pen.strokeStyle = "#0B0C0C";
    strokes.forEach(function (stroke) {
      pen.beginPath();
      stroke.forEach(function (point, place) {
        pen[place ? "lineTo" : "moveTo"](point[0] * size, point[1] * size);
      });
      pen.stroke();
    });
    pad.dataset.size = String(size / scale);
  }

  function place(event) {
    var box = pad.getBoundingClientRect(), size = Number(pad.dataset.size) || box.width;
    return [Math.round((event.clientX - box.left) / size * 10000) / 10000, Math.round((event.clientY - box.top) / size * 10000) / 10000];
  }

  pad.addEventListener("pointerdown", function (event) {
    event.preventDefault();
    if (pad.setPointerCapture) { pad.setPointerCapture(event.pointerId); }
    line = [place(event)];
    strokes.push(line);
    empty.hidden = true;
  });
  pad.addEventListener("pointermove", function (event) {
    if (!line) { return; }
    line.push(place(event));
    var scale = window.devicePixelRatio || 1, size = Number(pad.dataset.size) * scale, last = line[line.length - 2], now = line[line.length - 1];
    pen.beginPath();
    pen.moveTo(last[0] * size, last[1] * size);
    pen.lineTo(now[0] * size, now[1] * size);
    pen.stroke();
  });
  function end() {
    if (!line) { return; }
    line = null;
    field.value = JSON.stringify(strokes);
  }
  pad.addEventListener("pointerup", end);
  pad.addEventListener("pointercancel", end);
  form.querySelector("[data-again]").addEventListener("click", function () {
    strokes = []; field.value = ""; draw();
  });
  form.addEventListener("submit", function (event) {
    end();
    if (!strokes.some(function (stroke) { return stroke.length > 1; })) {
      event.preventDefault();
      empty.hidden = false;
      document.getElementById("strokes").focus();
    }
  });
  window.addEventListener("resize", draw);
  draw();

  // Who has scrolled to the end of the text, or past it, has seen it.
  var last = document.querySelector("[data-text-end]"), seen = form.elements.to_end;
  if (last && seen && window.IntersectionObserver) {
    new IntersectionObserver(function (rows, watch) {
      if (rows.some(function (row) { return row.isIntersecting; })) { seen.value = "1"; watch.disconnect(); }
    }, { rootMargin: "100000px 0px 0px 0px" }).observe(last);
  }
})();
