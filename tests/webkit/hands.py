"""Keys and mouse of a page, as GTK would hear them from a person."""

from collections.abc import Callable
from typing import Any

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

#: WebDriver's letters for keys that write none, and GDK's names of them
KEYS = {
    "\ue003": "BackSpace",
    "\ue004": "Tab",
    "\ue006": "Return",
    "\ue007": "KP_Enter",
    "\ue008": "Shift_L",
    "\ue009": "Control_L",
    "\ue00a": "Alt_L",
    "\ue00c": "Escape",
    "\ue00e": "Page_Up",
    "\ue00f": "Page_Down",
    "\ue010": "End",
    "\ue011": "Home",
    "\ue012": "Left",
    "\ue013": "Up",
    "\ue014": "Right",
    "\ue015": "Down",
    "\ue016": "Insert",
    "\ue017": "Delete",
}
MODIFIERS = {
    "\ue008": Gdk.ModifierType.SHIFT_MASK,
    "\ue009": Gdk.ModifierType.CONTROL_MASK,
    "\ue00a": Gdk.ModifierType.MOD1_MASK,
}
#: GDK's numbers of WebDriver's mouse buttons, and what is held down then
BUTTONS = {0: 1, 1: 2, 2: 3}
HELD = {0: "BUTTON1_MASK", 1: "BUTTON2_MASK", 2: "BUTTON3_MASK"}
#: a step of a wheel scrolls so many pixels of a view: its height to this power, as GTK has it
STEP = 2 / 3


class Hands:
    """What presses keys and moves the mouse over one view."""

    def __init__(self, view: Gtk.Widget) -> None:
        self._view = view
        self._state = Gdk.ModifierType(0)
        self._place = (0.0, 0.0)
        self._doing: dict[str, Callable[[dict[str, Any]], None]] = {
            "keyDown": lambda action: self._key(action["value"], True),
            "keyUp": lambda action: self._key(action["value"], False),
            "pointerMove": self._move,
            "pointerDown": lambda action: self._button(action["button"], True),
            "pointerUp": lambda action: self._button(action["button"], False),
            "scroll": self._scroll,
            "pause": lambda action: None,
        }

    def do(self, action: dict[str, Any]) -> None:
        """Perform one of WebDriver's actions."""
        self._doing[action["type"]](action)

    def _key(self, letter: str, down: bool) -> None:
        event = self._event(Gdk.EventType.KEY_PRESS if down else Gdk.EventType.KEY_RELEASE, False)
        named = KEYS.get(letter)
        event.keyval = Gdk.keyval_from_name(named) if named else Gdk.unicode_to_keyval(ord(letter))
        _, found = Gdk.Keymap.get_for_display(self._view.get_display()).get_entries_for_keyval(
            event.keyval
        )
        event.hardware_keycode = found[0].keycode if found else 0
        event.is_modifier = letter in MODIFIERS
        Gtk.main_do_event(event)
        self._hold(MODIFIERS.get(letter, Gdk.ModifierType(0)), down)

    def _move(self, action: dict[str, Any]) -> None:
        self._place = (float(action["x"]), float(action["y"]))
        Gtk.main_do_event(self._pointed(Gdk.EventType.MOTION_NOTIFY))

    def _button(self, button: int, down: bool) -> None:
        kind = Gdk.EventType.BUTTON_PRESS if down else Gdk.EventType.BUTTON_RELEASE
        event = self._pointed(kind)
        event.button = BUTTONS[button]
        Gtk.main_do_event(event)
        self._hold(getattr(Gdk.ModifierType, HELD[button]), down)

    def _scroll(self, action: dict[str, Any]) -> None:
        self._place = (float(action["x"]), float(action["y"]))
        event = self._pointed(Gdk.EventType.SCROLL)
        event.direction = Gdk.ScrollDirection.SMOOTH
        step = self._view.get_allocated_height() ** STEP
        event.delta_x, event.delta_y = action["deltaX"] / step, action["deltaY"] / step
        Gtk.main_do_event(event)

    def _hold(self, mask: Gdk.ModifierType, down: bool) -> None:
        self._state = self._state | mask if down else self._state & ~mask

    def _pointed(self, kind: Gdk.EventType) -> Any:
        event = self._event(kind, True)
        event.x, event.y = self._place
        event.x_root, event.y_root = self._place
        return event

    def _event(self, kind: Gdk.EventType, pointer: bool) -> Any:
        event = Gdk.Event.new(kind)
        seat = self._view.get_display().get_default_seat()
        event.set_device(seat.get_pointer() if pointer else seat.get_keyboard())
        event.window = self._view.get_window()
        event.send_event = False
        event.time = Gtk.get_current_event_time()
        event.state = self._state
        return event
