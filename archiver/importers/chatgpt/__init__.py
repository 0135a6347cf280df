"""ChatGPT's exports of every era. ``importer`` is the door; the modules beside it know one thing each.

layout, missing, names, pages, reading, shapes     where conversations lie and how they are taken out
tree, order, parents, current                      what follows what
message, author, models, visibility, times, keys   one message
content, readers, said, fields, scene, assets, extras, raw_json, findings
                                                   what it holds, as parts
citations, references, links                       sources inside a text
canvas, patches, writing, prompts                  documents and pictures that calls made
details                                            words that stand beside a message
differences, files, library, origins, feedback
                                                   what came beside the conversations, or from other exports
"""
