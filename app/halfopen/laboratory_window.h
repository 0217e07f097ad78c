// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace halfopen {

/// Opens another window of this program, on the laboratory (--lab): a laboratory needs a process of one thread to begin
/// with. It stays when this window is closed.
/// @param failed  told why, on this thread, where it ends with an error
void openLaboratoryWindow(const std::function<void(const QString& why)>& failed);

} // namespace halfopen
