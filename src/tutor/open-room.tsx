/** Opens the room for the panel: the one door of the part that is loaded late. */
import * as React from 'react';

import type { ILoadedRoom } from './panel';
import { type IRoomOptions, Room } from './room';
import { RoomView } from './room-view';

export function openRoom(options: IRoomOptions): ILoadedRoom {
  const room = new Room(options);
  const { focusDue, model } = room.shown;
  void options.circumstances.refresh();
  return {
    view: () => <RoomView room={room} />,
    enter: prefix => room.enter(prefix),
    focus: () => focusDue.set(true),
    write: question => {
      model.input.value = question;
    }
  };
}
