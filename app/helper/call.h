// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/bus_values.h"
#include "app/sdbus/sd_bus_pointers.h"
#include "core/model/privilege_error.h"

#include <string>

namespace halfopen {

/// A call of one of the helper's methods, which is to be answered or refused, once.
class Call {
public:
    explicit Call(sd_bus_message* message)
        : m_message(sd_bus_message_ref(message)) {}

    /// Its unique bus name, ":1.42", given by the bus.
    std::string sender() const;
    /// The caller has allowed that a person is asked.
    bool allowsDialog() const;

    void answer(const Answer& answer) const;
    /// By the error's name on the bus, its English, and where it has arguments what it is made of (partsOf()).
    void refuse(const PrivilegeError& error) const;

private:
    SdBusMessage m_message;
};

} // namespace halfopen
