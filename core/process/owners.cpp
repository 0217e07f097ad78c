// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process/owners.h"

namespace halfopen {

std::string_view toString(OwnerUnknown why) {
    switch (why) {
    case OwnerUnknown::OtherUser:
        return "other user";
    case OwnerUnknown::NoDescriptor:
        return "no descriptor";
    case OwnerUnknown::NotAccepted:
        return "not accepted yet";
    case OwnerUnknown::NotLookedUp:
        return "not looked up";
    case OwnerUnknown::Known:
        break;
    }
    return "";
}

} // namespace halfopen
