// The place of a picture that must stay in sight: a click on the picture sets the two sliders, the sliders move the mark.
// Without this file the sliders do it alone.
//   data-kino-focus   the ids of the two sliders: from the left, from the top, both from 0 to 100

for (const board of document.querySelectorAll("[data-kino-focus]")) {
  const [across, down] = board.dataset.kinoFocus.split(" ").map(id => document.getElementById(id));
  const mark = board.querySelector(".focus-board__mark");
  const show = () => {
    mark.style.setProperty("--x", across.value);
    mark.style.setProperty("--y", down.value);
  };
  const point = event => {
    const frame = board.querySelector("img").getBoundingClientRect();
    const share = (at, from, size) => Math.round(Math.min(1, Math.max(0, (at - from) / size)) * 100);
    across.value = share(event.clientX, frame.left, frame.width);
    down.value = share(event.clientY, frame.top, frame.height);
    for (const slider of [across, down]) slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
  mark.hidden = false;
  board.addEventListener("pointerdown", event => {
    event.preventDefault(); // no ghost of the picture is dragged
    board.setPointerCapture(event.pointerId);
    point(event);
  });
  board.addEventListener("pointermove", event => board.hasPointerCapture(event.pointerId) && point(event));
  for (const slider of [across, down]) slider.addEventListener("input", show);
  show();
}
