// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"
#include "core/model/told_socket.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <string_view>

/// The parts of which the messages of a stream are made, as JSON. What is damaged is nullopt. Pure.
namespace halfopen::stream {

/// {"say":"Cannot read {0}: {1}.","of":["/proc",{"errno":13}]}: it is put into words where it is read.
nlohmann::json sentenceJson(const Sentence& sentence);
std::optional<Sentence> sentenceFrom(const nlohmann::json& json);

nlohmann::json toldJson(const ToldSocket& told);
std::optional<ToldSocket> toldFrom(const nlohmann::json& json);

} // namespace halfopen::stream
