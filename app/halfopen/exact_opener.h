// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/background.h"
#include "ui/actions/exact_reader.h"

#include <memory>

namespace halfopen {

class BusOperations;
class Session;

/// Has the session read every socket exactly by programs that the helper loads, after a question.
/// @param helper   null: empty, since this process has the rights itself
/// @param session  outlives what is returned
ExactReader::OpenExact exactByHelper(const std::shared_ptr<BusOperations>& helper, Session& session);

/// The same for whoever has the rights, without a question: the first rows do not wait for it. Does nothing where it
/// cannot be.
/// @param session  outlives `background`
void readExactlyByOwnRights(Background& background, Session& session);

} // namespace halfopen
