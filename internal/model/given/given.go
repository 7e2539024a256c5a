// Package given knows the gender that a given name tells.
package given

import (
	"strings"
	"sync"
)

// Gender is that of a person, where it is known.
type Gender uint8

// The genders.
const (
	Unknown Gender = iota
	Male
	Female
)

// Of is the gender that a given name, as it is written, has in nearly all who
// bear it.
func Of(name string) Gender { return genders()[name] }

// genders lists the names that tell. Those that are usual for both, in one
// country or between two, are left out: Robin, Kim, Andrea, Jean, Sasha, Jan,
// Simone, Nikita. The list is the project's own.
var genders = sync.OnceValue(func() map[string]Gender {
	m := map[string]Gender{}
	for w := range strings.FieldsSeq(`Aaron Abbas Abdel Abdul Abdullah Abdulrahman Abraham Adam Adrian Ahmad Ahmed Alan Albert Alberto Aldo Alejandro Aleksandr
		Aleksei Alessandro Alexander Alexandre Alexei Alf Alfonso Alfred Ali Alistair Alvaro Amir Amit Anders Andreas Andrei Andrew Andrey
		Andriy Andrzej Andy Angus Anthony Antoine Anton Antonio Antony Anwar Arjun Arnaud Arnold Arthur Arturo Asif Atul Augusto Avi Axel Barack Barry
		Bashar Bart Bartosz Ben Benedict Benjamin Benny Bernard Bernardo Bernd Bernie Bert Bezalel Bill Bjorn Björn Bob Boris Brad Brandon Brendan Brent Brett Brian Bruce
		Bruno Bryan Caleb Calvin Carl Carlo Carlos Cedric Cesar Chad Charles Charlie Chester Christian Christopher Chuck Claude Clive Colin Conor
		Craig Curtis Cyril Dale Damian Damien Dan Daniel Daniele Danny Darren Dave David Davide Dean Denis Dennis Derek Desmond Diego Dieter Dimitri Dirk
		Dmitri Dmitry Dmytro Dominic Donald Doug Douglas Duncan Dwayne Dwight Earl Ed Eddie Edgar Edmund Eduardo Edward Edwin Ehud Eli Elias Elijah Emil Emilio
		Emmanuel Enrique Eric Erik Ernest Ernesto Ethan Eugene Evan Fabio Faisal Farouk Felipe Felix Ferdinand Fernando Fidel Filip Florian Francesco
		Francisco Francois François Frank Franz Fred Frederick Friedrich Fritz Gabriel Gareth Garry Gary Gavin Geert Geoff Geoffrey Georg George Georges Gerald
		Gerard Gerhard Gideon Giorgio Giovanni Giuseppe Glenn Gordon Graeme Graham Greg Gregory Guido Guillaume Gunnar Gunter Gustav Gustavo Guy Hakan Hamid Hamza
		Hans Harald Harold Harry Harvey Hasan Hassan Heinrich Helmut Henri Henrik Henry Herbert Herman Hiroshi Hossein Howard Hugh Hugo Hussein Ian
		Ibrahim Igor Ihor Imran Isaac Ismail Itamar Ivan Jack Jackson Jacob Jacques Jaime Jair Jake Jakub James Jared Jason Javier Jeff Jeffrey Jens Jeremy Jerome
		Jerry Jesus Jim Jimmy Joachim Joao João Joe Joel Johan Johann Johannes John Johnny Jon Jonas Jonathan Jorg Jörg Jorge Jose José Josef Joseph Josh
		Joshua Juan Julian Julio Jurgen Jürgen Justin Karim Karl Keir Keith Kemal Kenneth Kevin Khaled Khalid Khalil Kirill Klaus Konstantin Kurt Kyle Lachlan
		Lamar Lars Laurent Lawrence Leo Leon Leonard Leonardo Leonid Leroy Levi Liam Lloyd Lorenzo Louis Luca Lucas Luigi Luis Lukas Luke
		Lyndon Maciej Magnus Mahmoud Mahmud Malcolm Manuel Marc Marcel Marco Marcos Marcus Mario Mark Markus Marshall Martin Marvin Massimo Mateo Mateusz Mathieu Mats Matt Matteo
		Matthew Matthias Maurice Mauricio Max Maxim Mehdi Mehmet Michael Michal Michel Miguel Mike Mikhail Milan Milos Mitch Mitt Mohamad Mohamed
		Mohammad Mohammed Moritz Moses Moshe Muhammad Murat Mustafa Narendra Nasser Nathan Nathaniel Naveed Ned Neil Nelson Nicholas Nick Nicolas Niels Nigel
		Nikolai Nils Noah Norman Oleg Oleksandr Oleksiy Oliver Olivier Omar Orlando Oscar Osama Oswald Otto Owen Pablo Paolo Pascal Patrick Patrik Paul
		Paulo Pavel Pavlo Pawel Pedro Per Percy Pete Peter Petr Petro Phil Philip Philippe Phillip Pierre Pieter Piotr Prakash Rafael Rahul Raj Rajesh Ralf Ralph Ramon
		Ramzan Raphael Rashid Raul Ravi Ray Raymond Recep Reinhard Reza Ricardo Riccardo Richard Rick Rob Robert Roberto Rod Roderick Rodrigo Roger Roland Rolf Roman
		Ron Ronald Ronnie Rory Ross Roy Ruben Rudolf Rupert Russell Ryan Saeed Said Salvador Salvatore Samuel Sanjay Sebastian Sean Serge Sergei Sergey Sergio
		Seth Shane Shaun Shimon Shinzo Siegfried Silvio Simon Stanley Stefan Stefano Stephane Stephen Sterling Steve Steven Stewart Stig Stuart Sunil Sven Taras Tariq Ted Terence
		Theodore Thierry Thomas Tim Timothy Tobias Todd Tom Tomas Tomasz Tommy Tony Trevor Tyler Umar Valentin Vasily Victor Vijay Viktor Vincent
		Vitaly Vitali Vitalii Vivek Vladimir Volodymyr Waleed Walid Walter Warren Wayne Werner Wesley Wilhelm Willem William Willie Winston Wolfgang Xavier Yahya Yair
		Yasser Yitzhak Yoav Yosef Yuri Yusuf Zachary Zbigniew`) {
		m[w] = Male
	}
	for w := range strings.FieldsSeq(`Abby Abigail Ada Adele Adriana Agatha Agnes Agnieszka Aicha Aida Aisha Alana Alejandra Aleksandra Alessandra Alexandra Alice
		Alicia Alina Alison Alma Amal Amalia Amanda Amber Amelia Amelie Amina Amy Ana Anastasia Angela Angelina Angie Anita Anja Anke Ann Anna Annabel Anne Anneliese
		Annette Annie Antonia Anya April Ariana Arlene Ashley Astrid Audrey Aurora Ava Ayesha Barbara Beata Beatrice Beatriz Becky Bella Bernadette
		Beth Bethany Betty Beverly Bianca Birgit Blanca Brenda Bridget Brigitte Britta Brittany Camila Camilla Camille Candace Carla Carmen Carol Carole Carolina
		Caroline Carolyn Carrie Catalina Caterina Catherine Cathy Cecilia Celeste Celia Celine Charlotte Chelsea Cheryl Chiara Chloe Christa Christina Christine
		Cindy Claire Clara Clare Claudia Colette Colleen Concepcion Connie Constance Consuelo Cordelia Corinne Cristina Cynthia Dagmar Daisy Danielle Daniela
		Daphne Darya Deborah Debbie Debra Deirdre Delia Denise Diana Diane Dina Dolores Donna Dora Doreen Doris Dorothy Edith Edna Eileen Elaine Eleanor Elena
		Eleni Elisa Elisabeth Elise Eliza Elizabeth Elke Ella Ellen Eloise Elsa Elsie Elvira Emilia Emily Emma Erica Erika Erin Esmeralda Esperanza Estelle Esther
		Ethel Eugenia Eva Eve Evelyn Fatima Fatma Felicia Felicity Fiona Flora Florence Frances Francesca Francoise Françoise Frida Gabriela Gabriella Gabrielle Gail Gemma
		Genevieve Georgia Georgina Geraldine Gerda Gertrude Gina Giorgia Giovanna Gisela Gisele Giulia Gladys Gloria Golda Grace Greta Gretchen Gwen Hadiza Hanan Hannah Harriet
		Hazel Heather Heidi Helen Helena Helene Helga Henrietta Hilary Hilda Hillary Holly Hope Ida Ilona Ilse Imelda Ina Indira Ines Inés Inga Inge Ingrid Irene Irina
		Iris Irma Isabel Isabella Isabelle Isla Ivana Ivanka Ivy Iwona Jacinda Jacqueline Jade Jana Jane Janet Janice Janine Jasmine Jeanette Jeanne Jelena
		Jennifer Jenny Jessica Jill Joan Joanna Joanne Jocelyn Johanna Josephine Josie Joyce Juanita Judith Judy Julia Juliana Julie Juliet June
		Justine Kamala Karen Karin Karina Karla Kate Katerina Kateryna Katharina Katherine Kathleen Kathryn Kathy Katie Katja Katrin Katrina Katarzyna Kayla
		Keiko Khadija Kiera Kimberly Kirsten Kirsty Kristen Kristi Kristin Kristina Ksenia Lara Larissa Latifa Laura Lauren Laurie Layla Lea Leah Leila Lena Leonie Leonora
		Leticia Lidia Lilian Liliana Lillian Lily Lina Linda Lisa Lise Liz Liza Lola Loretta Lorna Lorraine Louisa Louise Lourdes Luana Lucia Lucie Lucille Lucinda
		Lucy Ludmila Luisa Luise Luz Lydia Lyudmila Mabel Madeleine Madeline Magda Magdalena Maggie Maja Malala Malgorzata Mandy Manuela Mara Marcella Marcia
		Margaret Margarita Margot Marguerite Maria María Mariam Mariana Marianne Marie Mariko Marilyn Marina Marisa Marjorie Marlene Marta Martha Martina
		Mary Maryam Matilda Maud Maureen Maya Megan Melania Melanie Melinda Melissa Mercedes Meredith Mia Michaela Michelle Mila Mildred Mina Mira Miranda Miriam Mitzi Moira
		Molly Mona Monica Monika Monique Muriel Myra Myrtle Nadia Nadine Nadja Nancy Naomi Narges Nasrin Natalia Natalie Natasha Nathalie Nellie Nicole Nikki Nina
		Noemi Nora Norma Odette Olena Olga Olive Olivia Oksana Ophelia Paige Pamela Patricia Patsy Patty Paula Paulina Pauline Pearl Peggy Penelope Penny
		Petra Phoebe Phyllis Pia Pilar Polly Priscilla Priti Priya Rachel Ramona Rania Rebecca Regina Renata Renee Rhonda Rita Roberta Rosa Rosalind Rosalyn
		Rosanna Rose Rosemary Rosie Roxanne Ruth Sabina Sabine Sabrina Sally Samantha Samira Sandra Sanna Sara Sarah Saskia Selena Selma Serena Shakira Shannon Sharon Sheila
		Shelley Shirin Shirley Silvia Simona Sinead Siobhan Sofia Sofie Sonia Sonja Sophia Sophie Stacey Stella Stephanie Sue Susan Susana Susanna Susanne
		Suzanne Svetlana Sylvia Sylvie Tamar Tamara Tammy Tania Tanya Tara Tatiana Tatjana Teresa Tess Tessa Thelma Theresa Therese Tiffany Tilda Tina Tracy Tricia
		Trudy Tzipi Ulrike Ursula Valentina Valeria Valerie Vanessa Vera Verena Veronica Veronika Victoria Viola Violet Virginia Viviana Wanda Wendy Wilhelmina Wilma Winifred
		Xenia Yasmin Yelena Yevgenia Yoko Yolanda Yulia Yvette Yvonne Zahra Zainab Zara Zeynep Zoe Zoë Zuzana`) {
		m[w] = Female
	}
	return m
})
